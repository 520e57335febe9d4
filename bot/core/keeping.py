"""For how long a place is kept for an answer, where the letter that asks for it was held up: the time counts from when it could leave.

Given the claim, its case and what is known of that letter. Knows no outbox, and gives nobody a place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.claims import ends_at, kept_until
from bot.core.model import Case, Claim, HoldLetter

LONGEST = timedelta(days=5)
"""Nobody who cannot be reached keeps a place longer than mail is tried for (RFC 5321 section 4.5.4.1: four to five days): others wait."""


def is_held_up(claim: Claim, letter: HoldLetter | None, now: datetime) -> bool:
    """Whether silence is no answer yet, as what asks for one has not left, and may still leave."""
    if letter is None or letter.is_lost or letter.left_at is not None:
        return False
    return claim.decided_at is None or now < claim.decided_at + LONGEST


def is_half_over(claim: Claim, until: datetime | None, now: datetime, *, span: timedelta, letter: HoldLetter | None = None) -> bool:
    """Whether half of the time is over since the decision, or since the letter left that told of it, where that is later.

    No place is kept for longer than `span`: one that is kept until later has had its time begun anew.
    """
    if claim.decided_at is None or claim.hold_until is None or until is None:
        return False
    began = max(claim.decided_at, claim.hold_until - span, letter.left_at if letter and letter.left_at else claim.decided_at)
    return began + (until - began) / 2 <= now


def renewed_until(claim: Claim, case: Case, letter: HoldLetter | None, *, now: datetime, span: timedelta) -> datetime | None:
    """The new hour of a place whose letter half of the time had to wait, or still waits; None where the hour stays.

    A deadline comes first: where it leaves no more time than there was, nothing begins anew.
    """
    if letter is None or letter.is_leaving or letter.is_lost or claim.hold_until is None:
        return None
    if letter.left_at is None and not is_held_up(claim, letter, now):
        return None
    half = letter.written_at + (claim.hold_until - letter.written_at) / 2
    if (letter.left_at or now) < half:
        return None
    until = kept_until(case, now=now, span=span)
    before, after = ends_at(claim, case), ends_at(replace(claim, hold_until=until), case)
    return until if before is not None and after is not None and after > before else None
