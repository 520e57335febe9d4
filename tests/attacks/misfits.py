"""A case for attorneys only, a paralegal who asks for it, and the word of staff on that."""

from __future__ import annotations

from bot.core.model import Profile, Terms
from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk

ATTORNEYS = Terms(eligible=("bengoshi",))
ATTORNEY, PARALEGAL = Profile(capacity=("bengoshi",)), Profile(capacity=("paralegal",))


def for_attorneys(desk: Desk) -> str:
    """A case for attorneys only; Alice is a paralegal, Bob an attorney."""
    desk.joins(ALICE, name="Alice Arden", profile=PARALEGAL)
    desk.joins(BOB, name="Bob Bengo", profile=ATTORNEY)
    return desk.case(terms=ATTORNEYS)


def asks(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()


def staff_say(desk: Desk, word: str, *, who: str = SUZUKI) -> None:
    question = next(letter for letter in reversed(desk.letters_to(who)) if "?" in letter.subject or "よいですか" in letter.subject)
    desk.writes(who, word, answering=question, proven=None)


def reason(desk: Desk, case: str, email: str) -> str:
    with desk.office.ledger.reading() as ledger:
        return next(claim.reason for claim in ledger.claims.of(case) if ledger.roster.by_id(claim.member_id).email == email)
