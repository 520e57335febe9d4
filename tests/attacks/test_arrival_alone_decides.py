"""Group F of the attacks: neither dates, ways, folders, repetitions nor limits bring anybody a place that an earlier arrival has."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.core.model import Deadline
from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk
from tests.attacks.raw_mail import raw as written

pytestmark = pytest.mark.both_databases


def test_F_01_the_date_that_a_mail_tells_is_never_looked_at(desk: Desk, case: str) -> None:
    early = format_datetime(desk.now - timedelta(hours=3))
    desk.writes(ALICE, f"CLAIM {case}", at=100, headers={"Date": early})
    desk.writes(BOB, f"CLAIM {case}", at=99)
    desk.settles()
    assert desk.standing(case) == {BOB: "confirmed", ALICE: "waitlisted"}


def test_F_04_who_is_seen_later_and_arrived_earlier_is_first_while_the_window_is_open(desk: Desk, case: str) -> None:
    desk.writes(BOB, f"CLAIM {case}", at=105)
    desk.passes(seconds=20)
    desk.ticks()
    desk.writes(ALICE, f"CLAIM {case}", at=103)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_F_14_a_claim_of_before_does_not_come_back_when_the_case_is_opened_again(desk: Desk, case: str) -> None:
    """Re-delivered, filed anew, moved: the mail is known, and what it asked for was answered then."""
    uid = desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    desk.writes(SUZUKI, f"CLOSE {case}")
    desk.writes(SUZUKI, f"REOPEN {case}")
    told = len(desk.letters_to(ALICE))
    old = desk.received[uid]
    for raw, folder in ((old, "INBOX"), (old, "Junk"), (b"Received: from relay by mx.ngo.example with ESMTPS; now\r\n" + old, "INBOX")):
        desk.arrives(raw, folder=folder)
        desk.settles()
    assert desk.standing(case) == {ALICE: "released"} and len(desk.letters_to(ALICE)) == told
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "confirmed"}


@pytest.mark.parametrize(("second", "standing"), [(-1, "confirmed"), (0, "refused"), (1, "refused")])
@pytest.mark.parametrize("word", ["CLAIM", "受任"])
def test_F_16_the_deadline_is_held_against_the_arrival_whenever_the_mail_is_read(desk: Desk, word: str, second: int, standing: str) -> None:
    case = desk.case(deadline=Deadline(desk.now + timedelta(hours=5), is_day=False))
    desk.passes(hours=11)
    desk.writes(ALICE, f"{word} {case}", at=5 * 3600 + second)
    desk.settles()
    assert desk.standing(case) == {ALICE: standing}


def test_F_21_a_mail_that_was_kept_waiting_on_its_way_counts_from_the_mailbox(desk: Desk, case: str) -> None:
    sent = format_datetime(desk.now - timedelta(minutes=10))
    waited = f"Received: from alice.example by mx.lawfirm.example; {sent}"
    desk.arrives(written(waited, sender=ALICE, body=f"CLAIM {case}"), at=20)
    desk.writes(BOB, f"CLAIM {case}", at=10)
    desk.settles()
    assert desk.standing(case) == {BOB: "confirmed", ALICE: "waitlisted"}


@pytest.mark.parametrize(("claim", "too_many"), [("CLAIM", "Your limit is reached"), ("受任", "上限")])
def test_F_28_who_claims_every_open_case_has_the_first_of_them_and_hears_why_no_more(desk: Desk, claim: str, too_many: str) -> None:
    desk.joins(ALICE, name="Alice Arden", language="ja" if claim == "受任" else "en")
    cases = [desk.case(f"Case {number}") for number in range(5)]
    desk.writes(ALICE, "LIMIT 2")
    desk.writes(ALICE, f"{claim} {' '.join(reversed(cases))}")
    desk.settles()
    held = [case for case in cases if desk.standing(case) == {ALICE: "confirmed"}]
    assert held == cases[3:] and [desk.standing(case) for case in cases[:3]] == [{ALICE: "refused"}] * 3
    told = desk.last_letter_to(ALICE)
    assert too_many in told.text + told.subject and all(case in told.text for case in cases)
    desk.writes(BOB, f"CLAIM {cases[0]}")
    desk.settles()
    assert desk.standing(cases[0])[BOB] == "confirmed"


def test_F_13_F_22_the_place_in_line_is_told_and_kept_through_every_hand_back(desk: Desk, case: str) -> None:
    for at, who in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.settles()
    assert "number 1" in desk.last_letter_to(BOB).subject and "number 2" in desk.last_letter_to(CHIKA).subject
    desk.writes(BOB, f"RELEASE {case}\nCLAIM {case}")
    desk.writes(BOB, f"RELEASE {case}")
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    assert "number 2" in desk.last_letter_to(BOB).subject
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", CHIKA: "confirmed", BOB: "waitlisted"}
