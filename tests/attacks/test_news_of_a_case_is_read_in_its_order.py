"""Of one case a person reads last what happened last, also where a night's letters leave together: the most urgent go first, but nobody's
"it is yours" goes before their own "you are in line".
"""

from __future__ import annotations

from email import message_from_bytes

from tests.attacks.desk import ALICE, BOB, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink


def read_by(reader: str, room: PostRoom, sink: SmtpSink) -> list[str]:
    """The kinds of the letters, in the order in which they came."""
    kinds = {row.message_id: row.kind for row in room.rows()}
    letters = sorted(sink.letters, key=lambda letter: letter.order)
    return [kinds[message_from_bytes(letter.raw)["Message-ID"]] for letter in letters if letter.rcpt == (reader,)]


def test_who_moved_up_while_the_mail_server_was_away_reads_last_that_it_is_theirs(desk: Desk, sink: SmtpSink) -> None:
    case_id, room = desk.case(), PostRoom(desk, sink)
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.writes(BOB, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case_id}")
    desk.settles()
    room.drains()
    assert read_by(BOB, room, sink) == ["waitlisted", "confirmation"]
    assert read_by(ALICE, room, sink) == ["confirmation", "released"]


def test_who_gave_a_case_back_and_claims_it_again_reads_last_that_it_is_theirs(desk: Desk, sink: SmtpSink) -> None:
    case_id, room = desk.case(), PostRoom(desk, sink)
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case_id}")
    desk.settles()
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    room.drains()
    assert read_by(ALICE, room, sink) == ["confirmation", "released", "confirmation"]
