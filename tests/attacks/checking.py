"""A case whose first claimant checks for conflicts."""

from __future__ import annotations

from tests.attacks.desk import ALICE, Desk

FILE = "QZX CANARY NAME"


def is_checking(desk: Desk, *lawyers: str, **case: object) -> str:
    """The first of these checks for conflicts, the others wait."""
    case_id = desk.case(details=FILE, conflict_names="Farida Ahmadi", **case)
    for second, lawyer in enumerate(lawyers or (ALICE,)):
        desk.writes(lawyer, f"CLAIM {case_id}", at=desk.clock.after.total_seconds() + second)
    desk.settles()
    return case_id
