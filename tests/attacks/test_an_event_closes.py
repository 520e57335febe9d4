"""Training and other events: claims are collected until the event closes, then everybody who asked hears once, by group and arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.chain import CaseHistory
from bot.core.model import Deadline, MemberState
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.events import closes, event

DORA = "dora@applies.example"


def test_nothing_is_decided_before_it_closes_and_then_everybody_hears_once(desk: Desk) -> None:
    training = event(desk, places=1, details="Bell 12")
    desk.writes(ALICE, f"CLAIM {training}", at=0)
    desk.writes(BOB, f"CLAIM {training}", at=5)
    desk.settles()
    assert desk.standing(training) == {ALICE: "queued", BOB: "queued"}
    assert "asked for a place" in desk.last_letter_to(ALICE).subject and "Bell 12" not in desk.last_letter_to(ALICE).text
    closes(desk)
    desk.settles()
    assert desk.standing(training) == {ALICE: "confirmed", BOB: "waitlisted"}
    assert [len(desk.letters_to(who)) for who in (ALICE, BOB, SATO, SUZUKI)] == [2, 2, 1, 1]
    assert "You have a place" in desk.last_letter_to(ALICE).subject and "Bell 12" in desk.last_letter_to(ALICE).text
    assert "number 1 on the waiting list" in desk.last_letter_to(BOB).subject and "Bell 12" not in desk.last_letter_to(BOB).text
    assert "Alice Arden" in desk.last_letter_to(SUZUKI).text and "Alice" not in desk.last_letter_to(BOB).text


def test_partner_firms_come_before_members_and_members_before_applicants(desk: Desk) -> None:
    desk.joins(DORA, name="Dora", state=MemberState.APPLIED)
    desk.joins(CHIKA, name="千佳", roles=("partner",))
    training = event(desk, places=2)
    for second, sender in enumerate((DORA, ALICE, CHIKA)):
        desk.writes(sender, f"CLAIM {training}", at=second)
    closes(desk)
    assert desk.standing(training) == {DORA: "waitlisted", ALICE: "confirmed", CHIKA: "confirmed"}


def test_a_case_in_the_same_mail_is_answered_without_waiting_for_the_event(desk: Desk) -> None:
    training, case = event(desk), desk.case()
    desk.writes(ALICE, f"CLAIM {training} {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and "2 done" in desk.last_letter_to(ALICE).subject


def test_a_mail_that_arrived_in_time_and_is_found_in_junk_is_counted(desk: Desk) -> None:
    training = event(desk, places=1)
    desk.writes(BOB, f"CLAIM {training}", at=60)
    desk.passes(days=5, hours=1)
    desk.writes(ALICE, f"CLAIM {training}", at=30, folder="Junk")
    desk.settles()
    assert desk.standing(training) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_a_mail_after_the_closing_date_is_too_late(desk: Desk) -> None:
    training = event(desk)
    desk.passes(days=5)
    desk.writes(ALICE, f"CLAIM {training}")
    desk.settles()
    assert desk.standing(training) == {ALICE: "refused"} and "had closed" in desk.last_letter_to(ALICE).flat


def test_a_place_that_is_handed_back_goes_to_the_next_in_line(desk: Desk) -> None:
    training = event(desk, places=1)
    desk.writes(ALICE, f"CLAIM {training}", at=0)
    desk.writes(BOB, f"CLAIM {training}", at=5)
    closes(desk)
    desk.writes(ALICE, f"RELEASE {training}")
    desk.settles()
    assert desk.standing(training) == {ALICE: "released", BOB: "confirmed"} and "has come free" in desk.last_letter_to(BOB).flat


@pytest.mark.parametrize(
    ("language", "word", "thanks", "asks"),
    [("en", "RELEASE", "goes to whoever waits", "due next"), ("ja", "辞退", "お譲りします", "次に必要な手続")],
)
def test_who_gives_a_place_back_is_thanked_and_not_asked_as_of_a_case(desk: Desk, language: str, word: str, thanks: str, asks: str) -> None:
    desk.joins(ALICE, name="Alice Arden", language=language)
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    closes(desk)
    desk.writes(ALICE, f"SHOW {training}")
    assert f"CLAIM {training}" not in desk.last_letter_to(ALICE).flat and f"受任 {training}" not in desk.last_letter_to(ALICE).flat
    desk.writes(ALICE, f"{word} {training}")
    told = desk.last_letter_to(ALICE).text.replace("\n", "" if language == "ja" else " ")
    assert thanks in told and asks not in told
    assert "Place given back" in desk.last_letter_to(SUZUKI).subject and "round" not in desk.last_letter_to(SUZUKI).flat


def test_a_firm_has_no_more_than_its_share(desk: Desk) -> None:
    for email in (ALICE, BOB):
        desk.joins(email, name=email, firm="Kita Law")
    training = event(desk, places=3, per_firm=1)
    for second, sender in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(sender, f"CLAIM {training}", at=second)
    closes(desk)
    assert desk.standing(training) == {ALICE: "confirmed", BOB: "waitlisted", CHIKA: "confirmed"}
    assert "your firm has as many places" in desk.last_letter_to(BOB).flat


def test_a_log_of_the_first_rule_told_of_the_firm_s_share_in_other_words(desk: Desk) -> None:
    for email in (ALICE, BOB):
        desk.joins(email, name=email, firm="Kita Law")
    training = event(desk, places=3, per_firm=1)
    for second, sender in enumerate((ALICE, BOB)):
        desk.writes(sender, f"CLAIM {training}", at=second)
    closes(desk)
    with desk.office.ledger.reading() as ledger:
        entries = list(ledger.decisions.of(training))

    def replayed(rule: int, reason: str) -> list[str]:
        history = CaseHistory(training)
        told = [
            replace(
                entry, rule=rule, claims=tuple(replace(one, reason=reason) if one.reason == "firm_full" else one for one in entry.claims)
            )
            for entry in entries
        ]
        return [fault.sentence for entry in told if (fault := history.take(entry))]

    assert replayed(2, "firm_full") == replayed(1, "after_others") == []
    assert replayed(2, "after_others") != []


def test_a_place_at_an_event_is_no_case_that_counts_against_a_limit(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, settle_seconds="settle_seconds = 120\nmax_open_per_member = 1\none_per_firm = true")
    desk.joins(ALICE, name="Alice", firm="Kita Law")
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    closes(desk)
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    assert (desk.standing(training), desk.standing(case)) == ({ALICE: "confirmed"}, {ALICE: "confirmed"})


def test_an_unproven_wish_counts_from_its_arrival_once_stood_by(desk: Desk) -> None:
    training = event(desk, places=1)
    desk.writes(ALICE, f"CLAIM {training}", at=0, proven=None)
    desk.writes(BOB, f"CLAIM {training}", at=5)
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE), proven=None)
    closes(desk)
    assert desk.standing(training) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_the_list_shows_events_until_they_close(desk: Desk) -> None:
    training = event(desk)
    desk.writes(ALICE, "LIST")
    assert training in desk.last_letter_to(ALICE).text
    desk.passes(days=6)
    desk.writes(ALICE, "LIST")
    assert training not in desk.last_letter_to(ALICE).text


def test_an_event_whose_day_is_over_is_closed_and_nobody_is_called_missing(desk: Desk) -> None:
    training = event(desk, deadline=Deadline(desk.now + timedelta(days=7), is_day=False))
    desk.writes(ALICE, f"CLAIM {training}")
    closes(desk)
    before = len(desk.letters())
    closes(desk, days=3)
    assert desk.on_file(training)[0].state == "closed"
    assert len(desk.letters()) == before


def test_of_two_wishes_of_one_person_the_earlier_counts_and_both_mails_are_answered(desk: Desk) -> None:
    training = event(desk, places=1)
    desk.writes(ALICE, f"CLAIM {training}", at=0, proven=None)
    question = desk.last_letter_to(ALICE)
    desk.writes(BOB, f"CLAIM {training}", at=5)
    desk.writes(ALICE, f"CLAIM {training}", at=9)
    desk.writes(ALICE, "YES", answering=question, proven=None)
    closes(desk)
    with desk.office.ledger.reading() as ledger:
        assert [claim.state.value for claim in ledger.claims.of(training)].count("confirmed") == 1
    assert desk.standing(training)[BOB] == "waitlisted" and "pending" not in {ending for ending, _ in desk.endings()}


def test_who_waits_because_of_the_firm_s_share_keeps_no_event_open(desk: Desk) -> None:
    for email in (ALICE, BOB):
        desk.joins(email, name=email, firm="Kita Law")
    training = event(desk, places=3, per_firm=1, deadline=Deadline(desk.now + timedelta(days=5), is_day=False))
    for second, sender in enumerate((ALICE, BOB)):
        desk.writes(sender, f"CLAIM {training}", at=second)
    closes(desk)
    assert desk.standing(training) == {ALICE: "confirmed", BOB: "waitlisted"}
    desk.settles()
    assert desk.standing(training) == {ALICE: "confirmed", BOB: "lapsed"}


def test_a_colleague_s_wish_is_told_to_both_at_once_and_its_outcome_to_the_guest(desk: Desk) -> None:
    desk.joins(CHIKA, name="Chika Coe", firm="Kita Law", roles=("coordinator",))
    desk.joins(DORA, name="Dora Doe", firm="Kita Law")
    training = event(desk, details="Bell 12")
    desk.writes(CHIKA, f"CLAIM {training} FOR Dora Doe")
    assert "Dora Doe is on the list" in desk.last_letter_to(CHIKA).subject
    assert "Chika Coe asked for this place in your name" in desk.last_letter_to(DORA).flat
    closes(desk)
    assert desk.standing(training) == {DORA: "confirmed"} and "Bell 12" in desk.last_letter_to(DORA).text
    assert len(desk.letters_to(CHIKA)) == 1 and "Bell 12" not in desk.last_letter_to(CHIKA).text


def test_who_leaves_hears_which_events_they_are_down_for_no_more(desk: Desk) -> None:
    given, wished = event(desk, places=1), event(desk, days=9)
    desk.writes(ALICE, f"CLAIM {given} {wished}")
    closes(desk)
    desk.writes(ALICE, "LEAVE")
    if desk.members()[ALICE] != "left":
        desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE))
    goodbye = desk.last_letter_to(ALICE).flat
    assert f"You are no longer down for {given} and {wished}" in goodbye and "the files" not in goodbye
    assert desk.standing(given) == desk.standing(wished) == {ALICE: "released"}


def test_a_guest_is_not_asked_how_the_case_is_and_no_bulletin_is_offered_for_an_event(desk: Desk) -> None:
    training = event(desk, deadline=Deadline(desk.now + timedelta(days=200), is_day=False))
    desk.writes(ALICE, f"CLAIM {training}")
    closes(desk)
    for _ in range(3):
        desk.passes(days=64)
        desk.ticks()
    assert desk.on_file(training)[0].state == "open" and not [one for one in desk.letters_to(ALICE) if one.subject.startswith("How is")]
    assert not [one for one in desk.letters_to(SUZUKI) if "ulletin" in one.subject]
