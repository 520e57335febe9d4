"""A lawyer's own `LIMIT n`: what is beyond it is refused and says so, and no word about limits sets one by accident."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.chain import CaseHistory
from bot.core.model import Deadline
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, Desk


def limit(desk: Desk) -> int:
    """How many cases Alice will have at a time, as she said."""
    with desk.office.ledger.reading() as ledger:
        alice = ledger.roster.by_address(ALICE)
    assert alice is not None
    return alice.most_open


@pytest.mark.parametrize("word", ["LIMIT 1", "limit one case", "上限 1", "上限１件", "上限 一", "上限一件", "上限 一名"])
def test_an_own_limit_refuses_what_is_beyond_it_and_says_so(desk: Desk, word: str) -> None:
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, word)
    desk.writes(ALICE, f"CLAIM {first} {second}")
    desk.settles()
    assert (desk.standing(first)[ALICE], desk.standing(second)[ALICE]) == ("confirmed", "refused")
    assert "You asked for at most" in desk.last_letter_to(ALICE).flat


def test_where_everybody_has_the_same_limit_nobody_is_told_to_lift_their_own(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, settle_seconds="settle_seconds = 120\nmax_open_per_member = 1")
    first, second, third = desk.case(), desk.case(), desk.case()
    for text in (f"LIMIT 1\nCLAIM {first}", f"CLAIM {second}"):
        desk.writes(ALICE, text)
        desk.settles()
    assert "LIMIT none" not in desk.last_letter_to(ALICE).flat and desk.standing(second) == {ALICE: "refused"}
    desk.writes(ALICE, f"RELEASE {first}")
    desk.writes(ALICE, f"CLAIM {third}", at=130)
    desk.settles()
    assert desk.standing(third) == {ALICE: "confirmed"}


@pytest.mark.parametrize("word", ["LIMIT none", "上限 なし", "上限なし", "上限 解除"])
def test_a_limit_is_lifted_by_a_word(desk: Desk, word: str) -> None:
    case, other = desk.case(), desk.case()
    for text in ("LIMIT 1", f"CLAIM {case}", word, f"CLAIM {other}"):
        desk.writes(ALICE, text)
        desk.settles()
    assert desk.standing(other) == {ALICE: "confirmed"}


@pytest.mark.parametrize(
    ("word", "told"), [("LIMIT 0", "“LIMIT none”"), ("上限 0", "“PAUSE”"), ("上限０件", "“PAUSE”"), ("limit 00", "“RESUME”")]
)
def test_a_limit_of_nothing_changes_nothing_and_says_what_it_could_mean(desk: Desk, word: str, told: str) -> None:
    desk.writes(ALICE, "LIMIT 2")
    desk.writes(ALICE, word)
    assert limit(desk) == 2
    answer = desk.last_letter_to(ALICE)
    assert "two things" in answer.subject and told in answer.flat and desk.members()[ALICE] == "active"


@pytest.mark.parametrize("text", ["LIMIT of liability", "LIMIT -1", "LIMIT 3?", "LIMIT 300", "上限があります"])
def test_prose_about_limits_sets_none(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    assert limit(desk) == 0
    assert desk.ending() == "for_staff"


def test_the_smaller_of_two_limits_counts(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, settle_seconds="settle_seconds = 120\nmax_open_per_member = 1")
    cases = [desk.case(), desk.case()]
    desk.writes(ALICE, "LIMIT 5")
    assert "The limit for everybody is 1" in desk.last_letter_to(ALICE).flat
    desk.writes(ALICE, f"CLAIM {cases[0]} {cases[1]}")
    desk.settles()
    assert [desk.standing(case)[ALICE] for case in cases] == ["confirmed", "refused"]


def test_who_has_reached_the_own_limit_keeps_the_place_in_line_and_the_one_behind_moves_up(desk: Desk) -> None:
    case, other = desk.case(), desk.case()
    for at, who in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.writes(BOB, f"CLAIM {other}\nLIMIT 1", at=5)
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "waitlisted", CHIKA: "confirmed"}


def test_limit_alone_tells_how_things_stand_and_the_roster_table_keeps_it(desk: Desk) -> None:
    desk.writes(ALICE, "LIMIT 2")
    desk.joins(ALICE, name="Alice Arden")
    desk.writes(ALICE, "LIMIT")
    assert desk.last_letter_to(ALICE).subject == "Your own limit: 2 cases at a time"


@pytest.mark.parametrize("lines", ["LIMIT 1\nCLAIM {}", "上限 1\n受任 {}"])
def test_a_limit_counts_for_the_claim_below_it_in_the_same_mail_as_for_one_in_a_later_mail(desk: Desk, lines: str) -> None:
    """The claim was taken, passed over for the limit, and its member told that another one had arrived before it."""
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    desk.writes(ALICE, lines.format(second))
    desk.settles()
    answer = desk.last_letter_to(ALICE).flat
    assert desk.standing(second) == {ALICE: "refused"} and "You asked for at most 1 case" in answer
    assert "had arrived before" not in answer


def test_a_limit_that_is_lifted_is_lifted_for_the_claim_below_it(desk: Desk) -> None:
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, f"LIMIT 1\nCLAIM {first}")
    desk.settles()
    desk.writes(ALICE, f"LIMIT none\nCLAIM {second}")
    desk.settles()
    assert desk.standing(second) == {ALICE: "confirmed"}


def test_who_reaches_the_limit_between_claim_and_decision_hears_that_and_has_the_case_once_it_is_lifted(desk: Desk) -> None:
    """Nobody else had asked for the free case; the answer said so."""
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    desk.writes(ALICE, f"CLAIM {second}\nLIMIT 1")
    desk.settles()
    answer = desk.last_letter_to(ALICE).flat
    assert desk.standing(second) == {ALICE: "waitlisted"}
    assert "as many cases as you asked for (1 at a time)" in answer and "“LIMIT none”" in answer
    assert "arrived before" not in answer
    oracles.hold(desk)
    desk.writes(ALICE, "LIMIT none")
    desk.settles()
    assert desk.standing(second) == {ALICE: "confirmed"}


def test_the_next_in_line_is_told_nothing_of_anybodys_limit(desk: Desk) -> None:
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    desk.writes(ALICE, f"CLAIM {second}\nLIMIT 1")
    desk.writes(BOB, f"CLAIM {second}", at=130)
    desk.writes(CHIKA, f"CLAIM {second}", at=131)
    desk.settles()
    assert desk.standing(second) == {ALICE: "waitlisted", BOB: "confirmed", CHIKA: "waitlisted"}
    assert "as many cases as you asked for" in desk.last_letter_to(ALICE).flat
    assert "arrived before" in desk.last_letter_to(CHIKA).flat and "limit" not in desk.last_letter_to(CHIKA).flat.lower()


def test_a_log_of_the_second_rule_told_of_a_limit_in_other_words(desk: Desk) -> None:
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    desk.writes(ALICE, f"CLAIM {second}\nLIMIT 1")
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        entries = list(ledger.decisions.of(second))

    def replayed(rule: int, reason: str) -> list[str]:
        history, of_limit = CaseHistory(second), "passed_over"
        told = [
            replace(entry, rule=rule, claims=tuple(replace(one, reason=reason) if one.reason == of_limit else one for one in entry.claims))
            for entry in entries
        ]
        return [fault.sentence for entry in told if (fault := history.take(entry))]

    assert replayed(3, "passed_over") == replayed(2, "after_others") == []
    assert replayed(3, "after_others") != []


@pytest.mark.parametrize("limit", ["most_open_per_member", "own"])
@pytest.mark.parametrize("word", ["CLOSE", "WITHDRAW"])
def test_a_case_that_is_over_counts_against_no_limit(tmp_path: Path, limit: str, word: str) -> None:
    """It counted for ever, and the answer advised to hand another back."""
    line = "settle_seconds = 120" + ("\nmax_open_per_member = 1" if limit != "own" else "")
    desk = Desk.open(tmp_path, settle_seconds=line)
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, f"LIMIT 1\nCLAIM {first}" if limit == "own" else f"CLAIM {first}")
    desk.settles()
    desk.writes(SATO, f"{word} {first}")
    desk.writes(ALICE, f"CLAIM {second}", at=130)
    desk.settles()
    assert desk.standing(first)[ALICE] == "confirmed" and desk.standing(second) == {ALICE: "confirmed"}
    oracles.hold(desk)


def test_who_waits_at_the_limit_has_the_free_case_once_another_is_closed_and_no_more_once_it_is_reopened(desk: Desk) -> None:
    first, second, third = desk.case(), desk.case(), desk.case()
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    desk.writes(ALICE, f"CLAIM {second}\nLIMIT 1")
    desk.settles()
    assert desk.standing(second) == {ALICE: "waitlisted"}
    desk.writes(SATO, f"CLOSE {first}")
    desk.ticks()
    assert desk.standing(second) == {ALICE: "confirmed"}
    desk.writes(ALICE, "LIMIT 2")
    assert "You hold 1 case now" in desk.last_letter_to(ALICE).flat
    desk.writes(SATO, f"REOPEN {first}")
    desk.writes(ALICE, f"CLAIM {third}")
    desk.settles()
    assert desk.standing(third) == {ALICE: "refused"}
    oracles.hold(desk)


def test_a_case_whose_deadline_has_passed_is_still_in_its_lawyers_hands(desk: Desk) -> None:
    """Only staff say that a case is over: its lawyer may have years of work on it."""
    first, second = desk.case(places=2, deadline=Deadline(desk.now + timedelta(days=1), is_day=False)), desk.case()
    desk.writes(ALICE, f"LIMIT 1\nCLAIM {first}")
    desk.settles()
    desk.passes(days=2)
    desk.ticks()
    desk.writes(ALICE, f"CLAIM {second}")
    desk.settles()
    assert desk.on_file(first)[0].state == "expired" and desk.standing(second) == {ALICE: "refused"}
