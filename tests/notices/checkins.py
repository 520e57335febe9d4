"""The question how a case is: somebody holds one, is asked, and what staff hear of the answer."""

from __future__ import annotations

from tests.attacks.desk import ALICE, SUZUKI, Desk
from tests.story.people import Letter


def held(desk: Desk, member: str = ALICE, **fields: str) -> str:
    case = desk.case(**fields)
    desk.writes(member, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {member: "confirmed"}
    return case


def check_ins(desk: Desk, member: str = ALICE) -> list[Letter]:
    return [letter for letter in desk.letters_to(member) if letter.subject.startswith("How is ")]


def asked(desk: Desk, member: str = ALICE) -> Letter:
    desk.passes(days=91)
    desk.ticks()
    return check_ins(desk, member)[-1]


def told_staff(desk: Desk) -> list[str]:
    words = ("Asks for help", "Said to be over", "No answer:")
    return [letter.subject for letter in desk.letters_to(SUZUKI) if letter.subject.startswith(words)]
