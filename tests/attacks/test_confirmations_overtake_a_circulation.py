"""While a round or a bulletin goes out to many, whoever gets a case hears so at once: their letter is the next to be taken, whatever is still owed.

Counted in letters, not in seconds: ahead of it goes only what the connections had in hand when it came to be owed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes

import pytest

from bot import rounds
from bot.outbox import hand
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink

GONE = 20
"""So many letters of the circulation are on record as sent when the claim is decided."""


def when_so_many_are_recorded(count: int, then: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two commits of the sender, as another thread of the daemon might do it."""
    left = [count]

    def station(name: str) -> None:
        if name == "recorded":
            left[0] -= 1
            if left[0] == 0:
                then()

    monkeypatch.setattr(hand, "station", station)


def a_round(desk: Desk, _case_id: str) -> None:
    desk.sends_the_round()


def a_bulletin(desk: Desk, case_id: str) -> None:
    rounds.bulletin_now(desk.office, case_id, by="command line")


@pytest.mark.parametrize("goes_out", [a_round, a_bulletin])
@pytest.mark.parametrize("connections", [1, 4])
def test_a_confirmation_owed_in_the_middle_of_a_circulation_is_the_next_to_be_taken(
    desk: Desk, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch, connections: int, goes_out: Callable[[Desk, str], None]
) -> None:
    room = PostRoom(desk, sink, connections=connections)
    for number in range(60):
        desk.joins(f"m{number:03}@lawfirm.example")
    case_id = desk.case()
    goes_out(desk, case_id)
    desk.writes(ALICE, f"CLAIM {case_id}")
    when_so_many_are_recorded(GONE, desk.settles, monkeypatch)
    room.drains()
    order = [letter.rcpt[0] for letter in sorted(sink.letters, key=lambda letter: letter.order)]
    confirmation = len(order) - 1 - order[::-1].index(ALICE)
    assert GONE <= confirmation <= GONE + 4 * connections, "it waits behind the list"
    assert sorted(order[-1:]) != [ALICE] and set(order) >= {SATO, SUZUKI} and set(room.states()) == {"sent"}


@pytest.mark.parametrize("connections", [1, 4])
def test_whoever_has_claimed_and_staff_hear_before_an_emergency_goes_on_to_others(
    desk: Desk, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch, connections: int
) -> None:
    room = PostRoom(desk, sink, connections=connections)
    for number in range(60):
        desk.joins(f"m{number:03}@lawfirm.example")
    first, second = desk.case(), desk.case()
    rounds.bulletin_now(desk.office, first, by="command line")
    desk.writes(ALICE, f"CLAIM {first}")
    desk.writes(BOB, f"CLAIM {first}")
    desk.writes("m000@lawfirm.example", f"CLAIM {first}\nCLAIM {second}")
    when_so_many_are_recorded(GONE, desk.settles, monkeypatch)
    room.drains()
    kind_of = {row.message_id: row.kind for row in room.rows()}
    kinds = [kind_of[message_from_bytes(letter.raw)["Message-ID"]] for letter in sorted(sink.letters, key=lambda letter: letter.order)]
    last = {kind: len(kinds) - kinds[::-1].index(kind) for kind in ("confirmation", "placed", "waitlisted", "transcript")}
    assert max(last.values()) <= GONE + 4 * connections + len(last) + 3, last
    assert kinds[-1] == "bulletin"


def test_an_emergency_waits_behind_no_answer_that_a_stranger_can_ask_for(desk: Desk, sink: SmtpSink) -> None:
    room, stranger = PostRoom(desk, sink), "stranger@elsewhere.example"
    case_id = desk.case()
    for words in ("JOIN", "HELP", "HELP\nSTATUS\nLIST", f"CLAIM {case_id}", f"CLAIM {case_id}\nCLAIM {case_id[:-1]}9\nSTATUS {case_id}"):
        desk.writes(stranger, words)
    desk.settles()
    rounds.bulletin_now(desk.office, case_id, by="command line")
    emergency = next(row.priority for row in room.rows() if row.kind == "bulletin")
    asked_for = [(row.kind, row.priority) for row in room.rows() if row.to_address == stranger]
    assert len(asked_for) == 5 and all(priority > emergency for _, priority in asked_for), asked_for


def test_where_letters_are_paced_the_next_turn_is_the_confirmations(desk: Desk, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    room = PostRoom(desk, sink, apart=timedelta(milliseconds=5))
    for number in range(20):
        desk.joins(f"m{number:03}@lawfirm.example")
    case_id = desk.case()
    rounds.bulletin_now(desk.office, case_id, by="command line")
    desk.writes(ALICE, f"CLAIM {case_id}")
    when_so_many_are_recorded(5, desk.settles, monkeypatch)
    room.drains()
    kind_of = {row.message_id: row.kind for row in room.rows()}
    kinds = [kind_of[letter.message_id] for letter in sorted(sink.letters, key=lambda letter: letter.order)]
    assert kinds.index("confirmation") <= 5 + 2, "one was in hand, and may have had its turn"
    assert set(room.states()) == {"sent"}
