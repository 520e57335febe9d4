"""Short ways to say who claimed what when, for tests of the core."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.mail import Stamp
from bot.core.model import Case, Claim, ClaimState, Member

NINE = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
"""Nine o'clock in Tokyo."""


def case(case_id: str = "JAR-2026-001", **facts: object) -> Case:
    return Case(**({"id": case_id, "title": "Asylum appeal", "summary": "An appeal"} | facts))


def claim(number: int, seconds: int = 0, *, member: int | None = None, uid: int | None = None, rank: int = 0, **facts: object) -> Claim:
    """Claim `number`, which arrived that many seconds after nine, by a member of its own unless one is named."""
    stamp = Stamp("INBOX", 1, uid if uid is not None else number, NINE + timedelta(seconds=seconds), rank)
    given: dict[str, object] = {"state": ClaimState.QUEUED, "entered_at": stamp.arrived_at}
    return Claim(number, "JAR-2026-001", number if member is None else member, stamp, **(given | facts))


def member(number: int = 1, **facts: object) -> Member:
    return Member(**({"id": number, "email": f"m{number}@lawfirm.example", "name": f"Member {number}"} | facts))
