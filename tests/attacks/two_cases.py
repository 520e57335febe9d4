"""Two open cases, and which of them anybody has asked for: what the tests of commands look at."""

from __future__ import annotations

from tests.attacks.desk import Desk

CASE, SECOND = "JUS-2026-001", "JUS-2026-002"


def opened(desk: Desk) -> Desk:
    """The desk with both, under these ids."""
    assert [desk.case(title) for title in ("Asylum appeal", "Detention hearing")] == [CASE, SECOND]
    return desk


def claimed(desk: Desk) -> list[str]:
    """The cases that somebody has asked for, after all is settled."""
    desk.settles()
    return [case for case in (CASE, SECOND) if desk.standing(case)]
