"""Who has a case, and who has not, reads why, and nothing that another mail, earlier or later, makes untrue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.chain import CaseHistory
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.misfits import ATTORNEYS, PARALEGAL, asks, for_attorneys, reason, staff_say

FIRST = ("came first", "puts you first")
EARLIER = ("had arrived before", "reached our mailbox first")


@pytest.fixture
def case(desk: Desk) -> str:
    return for_attorneys(desk)


def told(desk: Desk, who: str) -> str:
    return desk.last_letter_to(who).flat


def test_of_two_that_wait_together_the_one_that_fits_is_not_told_to_be_the_first(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", at=10)
    desk.writes(BOB, f"CLAIM {case}", at=20)
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted", BOB: "confirmed"}
    assert "of those to whom the case could go it came first" in told(desk, BOB)
    assert "because of the following" in told(desk, ALICE) and "our roster does not show you as one of these" in told(desk, ALICE)
    assert not any(words in told(desk, ALICE) for words in EARLIER)
    assert (reason(desk, case, ALICE), reason(desk, case, BOB)) == ("unfit capacity", "first_able")
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    assert "somebody else had it before staff were asked: the case is for another kind" in told(desk, SUZUKI)
    assert "came first of those to whom the place could go" in told(desk, SUZUKI)


def test_staff_are_asked_once_the_place_is_free_again(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", at=10)
    desk.writes(BOB, f"CLAIM {case}", at=20)
    desk.settles()
    desk.writes(BOB, f"RELEASE {case}")
    desk.settles()
    assert reason(desk, case, ALICE) == "misfit capacity" and "?" in desk.last_letter_to(SUZUKI).subject


def test_after_a_claim_that_staff_refused_nobody_was_the_first(desk: Desk, case: str) -> None:
    asks(desk, case)
    staff_say(desk, "NO")
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    assert "of those to whom the case could go it came first" in told(desk, BOB)


def test_who_does_not_fit_and_came_after_hears_of_that(desk: Desk, case: str) -> None:
    desk.writes(BOB, f"CLAIM {case}", at=10)
    desk.writes(ALICE, f"CLAIM {case}", at=20)
    desk.settles()
    assert "came first" in told(desk, BOB) and "of those" not in told(desk, BOB)
    assert "had arrived before" in told(desk, ALICE) and reason(desk, case, ALICE) == "after_others"


def test_where_staff_agreed_to_another_the_case_did_not_go_to_somebody_whom_it_fits(desk: Desk, case: str) -> None:
    desk.joins(CHIKA, name="Chika Chiba", profile=PARALEGAL)
    asks(desk, case)
    desk.writes(CHIKA, f"CLAIM {case}")
    desk.settles()
    staff_say(desk, "YES", who=SATO)
    desk.settles()
    other = {CHIKA: ALICE, ALICE: CHIKA}[next(who for who, state in desk.standing(case).items() if state == "confirmed")]
    assert "Our staff have given it to somebody else meanwhile" in told(desk, other) and "fits" not in told(desk, other)
    assert not any(words in told(desk, other) for words in EARLIER)


def test_whom_staff_chose_was_not_the_first(desk: Desk) -> None:
    for who in (ALICE, BOB):
        desk.joins(who)
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.writes(SUZUKI, f"ASSIGN {case} {BOB}")
    desk.settles()
    assert reason(desk, case, ALICE) == "staff_chose" and not any(words in told(desk, ALICE) for words in EARLIER)
    assert "our staff had given the case to somebody" in told(desk, ALICE)
    assert not any(words in told(desk, BOB) for words in FIRST)


def test_before_a_conflict_check_nobody_is_told_to_be_first_who_is_not(desk: Desk) -> None:
    desk.joins(ALICE, profile=PARALEGAL)
    desk.joins(BOB, name="Bob Bengo", language="ja", profile=replace(PARALEGAL, capacity=("bengoshi",)))
    case = desk.case(terms=ATTORNEYS, conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}", at=10)
    desk.writes(BOB, f"CLAIM {case}", at=20)
    desk.settles()
    assert "お願いできる方の中で最も早い" in told(desk, BOB).replace(" ", "") and desk.standing(case)[BOB] == "held"
    desk.writes(BOB, f"CLEAR {case}")
    assert "お願いできる方の中で最も早い" in told(desk, BOB).replace(" ", "") and desk.standing(case)[BOB] == "confirmed"


def test_the_log_of_an_earlier_rule_is_read_in_the_words_that_it_knew(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", at=10)
    desk.writes(BOB, f"CLAIM {case}", at=20)
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        entries = list(ledger.decisions.of(case))

    def replayed(rule: int, words: dict[str, str]) -> list[str]:
        history = CaseHistory(case)
        past = [
            replace(entry, rule=rule, claims=tuple(replace(one, reason=words.get(one.reason, one.reason)) for one in entry.claims))
            for entry in entries
        ]
        return [fault.sentence for entry in past if (fault := history.take(entry))]

    before = {"first_able": "first", "unfit capacity": "after_others"}
    assert replayed(4, {}) == replayed(3, before) == []
    assert replayed(4, before) != [] != replayed(3, {})
