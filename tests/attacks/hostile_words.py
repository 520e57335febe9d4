"""A day on which given words stand in a name and in the title and summary of a case, and what every letter of it must be."""

from __future__ import annotations

from email.message import EmailMessage

from bot.shell.letters import check_outgoing
from tests.attacks.desk import ALICE, SUZUKI, Desk
from tests.story.people import Letter


def a_day_with(desk: Desk, *, title: str, name: str, summary: str = "An appeal.") -> list[Letter]:
    """A round, a claim and its confirmation, a mail to staff and a listing, all with these words in them."""
    desk.joins(ALICE, name=name)
    desk.names[ALICE] = "Alice"
    case = desk.case(title, summary)
    desk.sends_the_round()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.writes(ALICE, f"What about {title}", subject=title.replace("\r", " ").replace("\n", " "))
    desk.settles()
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    desk.writes(SUZUKI, f"SHOW {case}")
    assert desk.standing(case) == {ALICE: "confirmed"}
    return desk.letters()


def is_sound(letter: Letter) -> None:
    """One recipient, the fields we write and no other, and nothing else in the envelope."""
    check_outgoing(letter.received.raw, letter.received.rcpt[0])
    head: EmailMessage = letter.headers
    assert len(head.get_all("To", [])) == 1 and not {name.lower() for name in head} & {"bcc", "cc"} and len(head["To"].addresses) == 1
