"""What reads as an offer is one: no letter calls to a case that others have asked for first, nor anybody who has paused or left."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(("places", "is_told"), [(1, False), (2, True)])
def test_a_letter_of_the_same_look_tells_of_no_case_that_claims_wait_for(desk: Desk, places: int, is_told: bool) -> None:
    first, second, third = desk.case(), desk.case(places=places), desk.case()
    for at, (lawyer, case_id) in enumerate([(ALICE, first), (BOB, first), (CHIKA, second)]):
        desk.writes(lawyer, f"CLAIM {case_id}", at=at)
    desk.settles()
    waits = desk.last_letter_to(BOB)
    assert "waiting list" in waits.text and third in waits.text and (second in waits.text) is is_told


@pytest.mark.parametrize("words", [["PAUSE"], ["PAUSE", "RESUME"], ["LEAVE"], ["REMOVE"]], ids=" and ".join)
def test_a_bulletin_that_has_not_left_goes_to_nobody_who_has_paused_or_left(desk: Desk, sink: SmtpSink, words: list[str]) -> None:
    room = PostRoom(desk, sink)
    case_id = desk.case()
    desk.writes(SUZUKI, f"BULLETIN {case_id}")
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    for word in words:
        if word == "REMOVE":
            desk.writes(SATO, f"REMOVE {ALICE}")
        else:
            desk.writes(ALICE, word)
    states = {row.to_address: row.state for row in room.rows("bulletin")}
    assert states[ALICE] == "cancelled" and states[BOB] == "queued"
    room.drains()
    assert not [letter for letter in sink.to(ALICE) if "Urgent" in letter.subject] and [
        one for one in sink.to(BOB) if "Urgent" in one.subject
    ]
