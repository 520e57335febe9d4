"""Group F of the attacks: who holds how many cases, hands which back, and claims in whose name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.model import Deadline, Lifecycle, Member
from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk

CORA, DAN, DANA = "cora@lawfirm.example", "dan@lawfirm.example", "dana@lawfirm.example"


def flat(text: str) -> str:
    return " ".join(text.split())


def is_member(desk: Desk, email: str, name: str, *roles: str, firm: str = "Law Firm LPC", language: str = "en") -> str:
    with desk.office.ledger.deciding() as ledger:
        known = ledger.roster.by_address(email) or Member(0, email, name)
        ledger.roster.enter(replace(known, name=name, firm=firm, roles=roles, language=language), now=desk.now)
    desk.names[email] = name
    return email


def subjects(desk: Desk, address: str) -> list[str]:
    return [letter.subject for letter in desk.letters_to(address)]


# Twice, again, and too many


def test_F_12_two_mails_of_one_lawyer_make_one_award(desk: Desk) -> None:
    case = desk.case(places=2)
    desk.writes(ALICE, f"CLAIM {case}", at=0, subject="from my phone")
    desk.writes(ALICE, f"CLAIM {case}", at=1, subject="from my PC")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and len(desk.letters_to(ALICE)) == 2
    desk.writes(ALICE, f"CLAIM {case}")
    assert "Already yours" in desk.last_letter_to(ALICE).subject


def test_F_13_claim_release_claim_goes_behind_who_came_between(desk: Desk) -> None:
    case = desk.case()
    for who, word, at in ((ALICE, "CLAIM", 1), (ALICE, "RELEASE", 10), (BOB, "CLAIM", 15), (ALICE, "CLAIM", 20)):
        desk.writes(who, f"{word} {case}", at=at)
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        states = [claim.state.value for claim in sorted(ledger.claims.of(case), key=lambda claim: claim.stamp.order)]
    assert states == ["released", "confirmed", "waitlisted"]


def test_F_13_in_one_mail_nobody_loses_a_place_by_words_that_undo_each_other(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}\nCLAIM {case}")
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        assert [claim.state.value for claim in ledger.claims.of(case)] == ["confirmed", "waitlisted"]
    assert "take that back" in " ".join(desk.last_letter_to(ALICE).text.split())


def test_F_15_unpublished_and_unknown_ids_are_answered_alike(desk: Desk) -> None:
    draft = desk.case("QZX CANARY NAME", lifecycle=Lifecycle.DRAFT)
    answers = []
    for case in (draft, "JUS-2026-999"):
        desk.writes(ALICE, f"CLAIM {case}", at=5)
        answers.append(desk.last_letter_to(ALICE).text.replace(case, "ID"))
    assert answers[0] == answers[1] and desk.standing(draft) == {}


def test_F_28_of_many_claims_in_one_mail_the_first_count_in_the_written_order(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, settle_seconds="settle_seconds = 120\nmax_open_per_member = 2")
    cases = [desk.case(f"Case {number}") for number in range(4)]
    desk.writes(ALICE, f"CLAIM {cases[2]} {cases[0]}\nCLAIM {cases[3]} {cases[1]}", at=0)
    desk.settles()
    assert [desk.standing(case)[ALICE] for case in cases] == ["confirmed", "refused", "confirmed", "refused"]
    assert "as one person may (2)" in flat(desk.last_letter_to(ALICE).text)


# A limit of one's own


@pytest.mark.parametrize("word", ["LIMIT 1", "limit one case", "上限 1", "上限１件", "上限 一", "上限一件", "上限 一名"])
def test_an_own_limit_refuses_what_is_beyond_it_and_says_so(desk: Desk, word: str) -> None:
    first, second = desk.case(), desk.case()
    desk.writes(ALICE, word)
    desk.writes(ALICE, f"CLAIM {first} {second}")
    desk.settles()
    assert (desk.standing(first)[ALICE], desk.standing(second)[ALICE]) == ("confirmed", "refused")
    assert "You asked for at most" in flat(desk.last_letter_to(ALICE).text)


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
    with desk.office.ledger.reading() as ledger:
        assert ledger.roster.by_address(ALICE).most_open == 2  # type: ignore[union-attr]  # Alice is on the roster
    answer = desk.last_letter_to(ALICE)
    assert "two things" in answer.subject and told in flat(answer.text) and desk.members()[ALICE] == "active"


@pytest.mark.parametrize("text", ["LIMIT of liability", "LIMIT -1", "LIMIT 3?", "LIMIT 300", "上限があります"])
def test_prose_about_limits_sets_none(desk: Desk, text: str) -> None:
    desk.writes(ALICE, text)
    with desk.office.ledger.reading() as ledger:
        assert ledger.roster.by_address(ALICE).most_open == 0  # type: ignore[union-attr]  # Alice is on the roster
    assert desk.ending() == "for_staff"


def test_the_smaller_of_two_limits_counts(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, settle_seconds="settle_seconds = 120\nmax_open_per_member = 1")
    cases = [desk.case(), desk.case()]
    desk.writes(ALICE, "LIMIT 5")
    assert "The limit for everybody is 1" in flat(desk.last_letter_to(ALICE).text)
    desk.writes(ALICE, f"CLAIM {cases[0]} {cases[1]}")
    desk.settles()
    assert [desk.standing(case)[ALICE] for case in cases] == ["confirmed", "refused"]


def test_who_has_reached_the_own_limit_keeps_the_place_in_line_and_the_one_behind_moves_up(desk: Desk) -> None:
    case, other = desk.case(), desk.case()
    for at, who in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.writes(BOB, f"LIMIT 1\nCLAIM {other}", at=5)
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "waitlisted", CHIKA: "confirmed"}


def test_limit_alone_tells_how_things_stand_and_the_roster_table_keeps_it(desk: Desk) -> None:
    desk.writes(ALICE, "LIMIT 2")
    is_member(desk, ALICE, "Alice Arden")
    desk.writes(ALICE, "LIMIT")
    assert desk.last_letter_to(ALICE).subject == "Your own limit: 2 cases at a time"


# Leaving


def test_who_holds_nothing_leaves_at_once(desk: Desk) -> None:
    case = desk.case()
    for at, who in enumerate((BOB, ALICE)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.settles()
    desk.writes(ALICE, "LEAVE")
    assert desk.members()[ALICE] == "left" and desk.standing(case) == {BOB: "confirmed", ALICE: "released"}


def test_who_holds_a_case_is_asked_first_and_nothing_changes(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, "LEAVE")
    assert desk.members()[ALICE] == "active" and desk.standing(case)[ALICE] == "confirmed"
    assert case in desk.last_letter_to(ALICE).subject
    desk.writes(ALICE, "NO", answering=desk.last_letter_to(ALICE))
    assert desk.members()[ALICE] == "active" and "nothing has been done" in desk.last_letter_to(ALICE).subject


@pytest.mark.parametrize("word", ["YES", "はい"])
def test_a_yes_hands_everything_back_and_staff_hear_of_it(desk: Desk, word: str) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, "退会")
    desk.writes(ALICE, word, answering=desk.last_letter_to(ALICE), proven=None)
    desk.settles()
    assert desk.members()[ALICE] == "left" and desk.standing(case) == {ALICE: "released", BOB: "confirmed"}
    (notice,) = [letter for letter in desk.letters_to(SUZUKI) if letter.subject.startswith("Left the roster")]
    assert case in notice.text and ALICE in notice.text


def test_release_and_leave_in_one_mail_need_no_question(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}\nLEAVE")
    assert desk.members()[ALICE] == "left"


# Handing back


def test_handing_back_is_done_at_once_and_asks_why_and_what_is_due_next(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}")
    letter = desk.last_letter_to(ALICE)
    assert desk.standing(case)[ALICE] == "released" and "why, and what is due next" in flat(letter.text)
    desk.writes(ALICE, "A hearing moved.\nThe brief is due on 3 December.", answering=letter, proven=None)
    told = desk.last_letter_to(SUZUKI)
    assert case in told.subject and "The brief is due on 3 December." in told.text and desk.ending() == "for_staff"
    assert "our staff have what you wrote" in desk.last_letter_to(ALICE).subject


def test_who_hands_back_before_the_conflict_check_is_over_is_not_asked_and_staff_read_nothing_of_it(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    told = next(letter for letter in reversed(desk.letters_to(SUZUKI)) if "anded back" in letter.subject)
    assert "Nobody waits for it" in flat(told.text) and "asked why" not in flat(told.text)


def test_the_answer_about_several_cases_names_each(desk: Desk) -> None:
    first, second = a_case_of_alice(desk), a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {first}\nRELEASE {second}")
    desk.writes(ALICE, "I am ill.", answering=desk.last_letter_to(ALICE))
    assert first in desk.last_letter_to(SUZUKI).text and second in desk.last_letter_to(SUZUKI).text


def test_near_the_deadline_staff_are_told_with_emphasis(desk: Desk) -> None:
    far = a_case_of_alice(desk, deadline=Deadline(desk.now + timedelta(days=40), is_day=False))
    near = a_case_of_alice(desk, deadline=Deadline(desk.now + timedelta(days=10), is_day=False))
    desk.writes(ALICE, f"RELEASE {far}")
    desk.writes(ALICE, f"RELEASE {near}")
    notices = [subject.partition(":")[0] for subject in subjects(desk, SUZUKI) if "anded back" in subject]
    assert notices == ["Handed back", "Urgent, handed back"]


# In a colleague's name


@pytest.fixture
def firm(desk: Desk) -> Desk:
    """Cora coordinates for Dan and Dana at her firm; Bob works elsewhere."""
    is_member(desk, CORA, "Cora Coe", "coordinator")
    is_member(desk, DAN, "森 大輔", language="ja")
    is_member(desk, DANA, "Dana Mori")
    is_member(desk, BOB, "Bob Bengo", firm="Other Firm")
    return desk


@pytest.mark.parametrize(
    "text", ["CLAIM {} FOR Dana Mori", "claim {} for Ms. Mori", "受任 {} 代理 Dana Mori様", "CLAIM {} FOR dana@lawfirm.example"]
)
def test_a_coordinator_claims_for_a_colleague_who_alone_gets_the_file(firm: Desk, text: str) -> None:
    case = firm.case(details="QZX CANARY NAME")
    firm.writes(CORA, text.format(case), at=3)
    firm.writes(BOB, f"CLAIM {case}", at=5)
    firm.settles()
    assert firm.standing(case) == {DANA: "confirmed", BOB: "waitlisted"}
    assert "QZX CANARY NAME" in firm.last_letter_to(DANA).text and "Cora Coe asked for this case in your name" in flat(
        firm.last_letter_to(DANA).text
    )
    (told,) = firm.letters_to(CORA)
    assert told.subject == f"{case} is with Dana Mori" and "QZX" not in told.text + told.html


def test_a_japanese_name_is_found_with_or_without_its_space(firm: Desk) -> None:
    for name in ("森大輔", "森　大輔 先生", "大輔"):
        case = firm.case()
        firm.writes(CORA, f"受任 {case} 代理 {name}")
        firm.settles()
        assert firm.standing(case) == {DAN: "confirmed"}
    assert "さん" in firm.last_letter_to(DAN).text


def test_the_names_of_a_conflict_check_go_to_the_colleague_alone(firm: Desk) -> None:
    case = firm.case(conflict_names="験証 漏子")
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}")
    firm.settles()
    assert "験証 漏子" in firm.last_letter_to(DANA).text and "験証" not in firm.last_letter_to(CORA).text + firm.last_letter_to(CORA).html


def test_staff_who_assign_the_case_meanwhile_send_the_coordinator_no_file(firm: Desk) -> None:
    case = firm.case(details="QZX CANARY NAME")
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}")
    firm.writes(SUZUKI, f"ASSIGN {case} {DANA}")
    assert "QZX" in firm.last_letter_to(DANA).text and "QZX" not in firm.last_letter_to(CORA).text + firm.last_letter_to(CORA).html


def test_two_whom_a_name_fits_are_asked_about(firm: Desk) -> None:
    is_member(firm, "ken@lawfirm.example", "Ken Mori")
    case = firm.case("QZX CANARY NAME")
    firm.writes(CORA, f"CLAIM {case} FOR Mori")
    text = flat(firm.last_letter_to(CORA).text)
    assert firm.standing(case) == {} and DANA in text and "ken@lawfirm.example" in text and "QZX" not in text


@pytest.mark.parametrize(
    ("sender", "whom"), [(CORA, "Bob Bengo"), (CORA, BOB), (CORA, "Nobody"), (DANA, "Cora Coe"), (BOB, DANA), (ALICE, "Dana Mori")]
)
def test_nobody_claims_for_another_firm_or_without_the_role(firm: Desk, sender: str, whom: str) -> None:
    case = firm.case("QZX CANARY NAME")
    firm.writes(sender, f"CLAIM {case} FOR {whom}")
    firm.settles()
    assert firm.standing(case) == {} and "QZX" not in firm.last_letter_to(sender).text


def test_a_deputy_claims_for_whom_the_roster_names_and_nobody_else(firm: Desk) -> None:
    is_member(firm, ALICE, "Alice Arden", f"deputy: {BOB}", firm="")
    case = firm.case(places=2)
    firm.writes(ALICE, f"CLAIM {case} FOR Bob Bengo")
    firm.writes(ALICE, f"CLAIM {case} FOR {DANA}")
    firm.settles()
    assert firm.standing(case) == {BOB: "confirmed"}


def test_an_unproven_coordinator_is_asked_and_the_claim_counts_from_the_first_arrival(firm: Desk) -> None:
    case = firm.case()
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}", at=0, proven=None)
    firm.writes(CORA, "YES", answering=firm.last_letter_to(CORA), at=60, proven=None)
    firm.writes(BOB, f"CLAIM {case}", at=5)
    firm.settles()
    assert firm.standing(case) == {DANA: "confirmed", BOB: "waitlisted"}


def test_the_colleagues_limit_counts_and_one_case_is_claimed_once(firm: Desk) -> None:
    first, second = firm.case(), firm.case()
    firm.writes(DANA, "LIMIT 1")
    firm.writes(CORA, f"CLAIM {first} FOR Dana Mori\nCLAIM {first} FOR {DANA}\nCLAIM {second} FOR Dana Mori")
    firm.settles()
    assert firm.standing(first) == {DANA: "confirmed"} and firm.standing(second) == {DANA: "refused"}
    assert firm.last_letter_to(CORA).subject.startswith("1 done, 2 not")


@pytest.mark.parametrize(
    "text", ["RELEASE {} FOR Dana Mori", "release {} for Ms. Mori.", "辞退 {} 代理 Dana Mori様", "RELEASE {} FOR dana@lawfirm.example"]
)
def test_nobody_hands_back_for_a_colleague_and_who_tries_hears_what_to_do(firm: Desk, text: str) -> None:
    case = firm.case(places=2)
    firm.writes(CORA, f"CLAIM {case}\nCLAIM {case} FOR {DANA}")
    firm.settles()
    before = firm.standing(case)
    firm.writes(CORA, text.format(case))
    firm.settles()
    assert firm.standing(case) == before
    told = flat(firm.last_letter_to(CORA).text)
    assert f"Please ask your colleague to write “RELEASE {case}” from their own address" in told and "you meant to hand" not in told
    assert firm.ending() == "for_staff" and text.format(case) in firm.last_letter_to(SUZUKI).text


def test_with_the_colleagues_address_alone_nothing_is_handed_back_either(firm: Desk) -> None:
    case = firm.case(places=2)
    firm.writes(CORA, f"CLAIM {case}\nCLAIM {case} FOR {DANA}")
    firm.settles()
    before = firm.standing(case)
    firm.writes(CORA, f"RELEASE {case} {DANA}")
    firm.settles()
    assert firm.standing(case) == before == {CORA: "confirmed", DANA: "confirmed"}
    assert f"Please ask your colleague to write “RELEASE {case}”" in flat(firm.last_letter_to(CORA).text)


def test_explain_says_who_asked_for_whom(firm: Desk) -> None:
    case = firm.case()
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}")
    firm.settles()
    firm.writes(SUZUKI, f"EXPLAIN {case}")
    assert f"claimed for {DANA} by {CORA}" in flat(firm.last_letter_to(SUZUKI).text)


def a_case_of_alice(desk: Desk, **case: object) -> str:
    """Alice holds it, Bob waits."""
    case_id = desk.case(**case)  # type: ignore[arg-type]  # fields of a case
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(BOB, f"CLAIM {case_id}")
    desk.settles()
    return case_id
