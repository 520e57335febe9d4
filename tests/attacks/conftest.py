"""Where attacks are tried: a `desk` with three lawyers on its roster, two people of staff, and no case yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path)
