"""Words of staff that override, as they are given and answered, and a person who has applied."""

from __future__ import annotations

from bot.core.model import Member, MemberState
from tests.attacks.desk import Desk

NEW = "mori@houritsu.example"


def says(desk: Desk, who: str, text: str) -> str:
    desk.writes(who, text)
    desk.settles()
    answers = [letter for letter in desk.letters_to(who) if letter.headers["In-Reply-To"]]
    return plain(answers[-1].text)


def plain(text: str) -> str:
    return "".join(text.split())


def with_applicant(desk: Desk) -> None:
    with desk.office.ledger.deciding() as ledger:
        ledger.roster.enter(Member(0, NEW, "森 大輔", state=MemberState.APPLIED), now=desk.now)
