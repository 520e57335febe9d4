"""Where attacks are tried: a `desk` with three lawyers on its roster, two people of staff, and no case yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import oracles, two_cases
from tests.attacks.desk import CANARIES, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path)


@pytest.fixture
def case(desk: Desk) -> Iterator[str]:
    """An open case with one place, its file full of canaries; after the test nothing may have leaked and nothing been lost."""
    yield desk.case(details=" ".join(CANARIES[:2]), contact=" ".join(CANARIES[2:]))
    oracles.hold(desk)


@pytest.fixture
def cases(desk: Desk) -> Desk:
    """Two open cases; see `two_cases`."""
    return two_cases.opened(desk)
