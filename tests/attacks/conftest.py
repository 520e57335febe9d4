"""Where attacks are tried: a `desk` with three lawyers on its roster, two people of staff, and no case yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks import oracles, two_cases
from tests.attacks.desk import ALICE, BOB, CANARIES, CHIKA, Desk


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


@pytest.fixture
def settled(desk: Desk) -> Desk:
    """Bob has the case, Alice and Chika wait; a second case was placed before."""
    first, second = desk.case("An earlier case"), desk.case()
    desk.writes(CHIKA, f"CLAIM {first}")
    desk.settles()
    for who in (BOB, ALICE, CHIKA):
        desk.passes(seconds=2)
        desk.writes(who, f"CLAIM {second}")
    desk.settles()
    return desk


@pytest.fixture
def handed_back(desk: Desk) -> Callable[..., str]:
    """Alice holds a case, Bob and Chika wait; some days later Alice hands it back."""

    def _handed_back(*, days: float = 8, **case: object) -> str:
        case_id = desk.case(details="QZX CANARY NAME", **case)
        for second, lawyer in enumerate((ALICE, BOB, CHIKA)):
            desk.writes(lawyer, f"CLAIM {case_id}", at=second)
        desk.settles()
        desk.passes(days=days)
        hands_back(desk, case_id)
        return case_id

    return _handed_back


def hands_back(desk: Desk, case_id: str) -> None:
    """By CONFLICT where a conflict check runs, which is no place handed back half-way."""
    is_held = desk.standing(case_id)[ALICE] == "held"
    desk.writes(ALICE, f"{'CONFLICT' if is_held else 'RELEASE'} {case_id}")
    desk.settles()
