"""G-28: who gave, took, ended, let in or held something hears when a colleague's word undoes it; who answers a question that a colleague has settled reads who did."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import rounds
from bot.core.model import Lifecycle, Terms
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.overriding import NEW, plain, says, with_applicant

DECIDED_OTHERWISE = {SUZUKI: "has decided otherwise", SATO: "決定を変更しました"}


def heard(desk: Desk, who: str) -> list[str]:
    """The texts that told somebody of staff that a colleague has undone their word."""
    return [plain(one.text) for one in desk.letters_to(who) if DECIDED_OTHERWISE[who] in one.subject]


def test_who_had_given_a_case_hears_that_a_colleague_took_it_back(desk: Desk) -> None:
    case = desk.case()
    says(desk, SATO, f"ASSIGN {case} {ALICE}")
    says(desk, SUZUKI, f"RELEASE {case} {ALICE} WITH she is away")
    (letter,) = heard(desk, SATO)
    assert "SuzukiTaro" in letter and "担当に決めました" in letter and "（理由：sheisaway）" in letter and SUZUKI in letter
    assert not heard(desk, SUZUKI)


@pytest.mark.parametrize("names", ["", "Client A"])
def test_who_had_given_a_case_hears_that_a_colleague_withdrew_it(desk: Desk, names: str) -> None:
    case = desk.case(conflict_names=names)
    says(desk, SATO, f"ASSIGN {case} {ALICE}")
    says(desk, SUZUKI, f"WITHDRAW {case} WITH the client has gone home")
    (letter,) = heard(desk, SATO)
    assert ALICE in letter and "SuzukiTaro" in letter and "取り下げました（理由：theclienthasgonehome）" in letter and SUZUKI in letter
    assert not heard(desk, SUZUKI)


def test_who_had_agreed_to_a_claim_that_did_not_fit_hears_that_a_colleague_withdrew_the_case(desk: Desk) -> None:
    case = desk.case(terms=Terms(eligible=("bengoshi",)))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    desk.settles()
    says(desk, SUZUKI, f"WITHDRAW {case}")
    assert desk.standing(case) == {ALICE: "confirmed"} and len(heard(desk, SATO)) == 1


def test_who_had_given_both_places_of_a_case_and_opened_it_hears_once_that_it_is_withdrawn(desk: Desk) -> None:
    case = desk.case(places=2)
    says(desk, SATO, f"CLOSE {case}")
    says(desk, SATO, f"REOPEN {case}\nASSIGN {case} {ALICE}\nASSIGN {case} {BOB}")
    says(desk, SUZUKI, f"WITHDRAW {case}")
    assert len(heard(desk, SATO)) == 1


def test_of_a_withdrawal_only_who_gave_what_still_stands_hears(desk: Desk) -> None:
    case = desk.case()
    says(desk, SATO, f"ASSIGN {case} {ALICE}")
    desk.writes(ALICE, f"RELEASE {case}")
    says(desk, SUZUKI, f"ASSIGN {case} {BOB}")
    says(desk, SUZUKI, f"WITHDRAW {case}")
    assert not heard(desk, SATO) and not heard(desk, SUZUKI)


def test_who_had_taken_a_case_back_hears_that_a_colleague_gave_it_again(desk: Desk) -> None:
    case = desk.case()
    says(desk, SUZUKI, f"ASSIGN {case} {ALICE}\nRELEASE {case} {BOB}")
    says(desk, SUZUKI, f"RELEASE {case} {ALICE}")
    says(desk, SATO, f"割当 {case} {BOB}")
    assert not heard(desk, SUZUKI), "another lawyer is another matter"
    says(desk, SATO, f"担当解除 {case} {BOB}\n割当 {case} {ALICE}")
    assert len(heard(desk, SUZUKI)) == 1


@pytest.mark.parametrize(("lifecycle", "word"), [(Lifecycle.OPEN, "CLOSE"), (Lifecycle.OPEN, "WITHDRAW"), (Lifecycle.DRAFT, "取下げ")])
def test_who_had_ended_a_case_or_dropped_a_draft_hears_that_a_colleague_takes_it_up(desk: Desk, lifecycle: Lifecycle, word: str) -> None:
    case = desk.case(lifecycle=lifecycle)
    says(desk, SATO, f"{word} {case}")
    says(desk, SUZUKI, f"REOPEN {case}")
    assert len(heard(desk, SATO)) == 1


def test_an_own_word_is_changed_without_a_letter(desk: Desk) -> None:
    case = desk.case()
    says(desk, SUZUKI, f"CLOSE {case}")
    says(desk, SUZUKI, f"REOPEN {case}")
    assert not heard(desk, SUZUKI) and not heard(desk, SATO)


def test_who_had_let_somebody_in_hears_that_a_colleague_removed_them(desk: Desk) -> None:
    with_applicant(desk)
    says(desk, SATO, f"承認 {NEW}")
    says(desk, SUZUKI, f"REMOVE {NEW} WITH not a lawyer")
    (letter,) = heard(desk, SATO)
    assert NEW in letter and "（理由：notalawyer）" in letter


def test_who_had_held_a_round_hears_that_a_colleague_sent_it(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path)
    desk.case()
    says(desk, SATO, "月例保留 理由：案件が足りません")
    assert "案件が足りません" in says(desk, SUZUKI, "ROUND HOLD")
    says(desk, SUZUKI, "ROUND SEND")
    (letter,) = heard(desk, SATO)
    assert "SuzukiTaro" in letter and "（理由：案件が足りません）" in letter


def test_a_round_sent_by_hand_with_a_reason_is_told_to_who_held_it(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path)
    desk.case()
    says(desk, SATO, "月例保留")
    rounds.send_now(desk.office, "2026-12", by="command line", why="the hearing is on Friday")
    (letter,) = heard(desk, SATO)
    assert "コマンドライン" in letter and "thehearingisonFriday" in letter


def test_an_answer_to_an_application_that_a_colleague_settled_by_a_word_says_who(desk: Desk) -> None:
    desk.writes(NEW, "JOIN\nName: Mori Daisuke\nFirm: Mori Law\nCapacity: bengoshi\nLanguages: Japanese")
    asked = desk.last_letter_to(SUZUKI)
    says(desk, SATO, f"承認 {NEW}")
    desk.writes(SUZUKI, "NO", answering=asked)
    told = plain(desk.last_letter_to(SUZUKI).text)
    assert SATO in told and NEW in told and desk.members()[NEW] == "active"


def test_an_answer_to_an_application_that_a_colleague_answered_says_who_and_what(desk: Desk) -> None:
    desk.writes(NEW, "JOIN\nName: Mori Daisuke\nFirm: Mori Law\nCapacity: bengoshi\nLanguages: Japanese")
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    asked = next(one for one in desk.letters_to(SUZUKI) if NEW in one.text)
    desk.writes(SUZUKI, "NO", answering=asked)
    assert f"SatoHanako({SATO})answereditbeforeyou,with“YES”" in plain(desk.last_letter_to(SUZUKI).text)


def test_an_answer_to_a_preview_that_a_colleague_settled_by_a_word_says_who(desk: Desk) -> None:
    desk.writes(SUZUKI, "Title: A hearing\nSummary: One visit.", subject="NEW CASE")
    preview = desk.last_letter_to(SUZUKI)
    with desk.office.ledger.reading() as ledger:
        (case,) = ledger.cases.all()
    says(desk, SATO, f"取り下げ {case.id}")
    desk.writes(SUZUKI, "YES", answering=preview)
    assert f"withdrawnby{SATO}" in plain(desk.last_letter_to(SUZUKI).text)


def test_an_answer_about_a_misfit_that_a_colleague_settled_by_a_word_says_who(desk: Desk) -> None:
    case = desk.case(terms=Terms(eligible=("bengoshi",)))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    asked = desk.last_letter_to(SUZUKI)
    says(desk, SATO, f"割当 {case} {ALICE}")
    desk.writes(SUZUKI, "YES", answering=asked)
    assert f"assignedto{ALICE}by{SATO}" in plain(desk.last_letter_to(SUZUKI).text)
