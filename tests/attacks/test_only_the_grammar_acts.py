"""Group I of the attacks, its second half: a line acts if all of it is a command of the sender's own, and whatever comes close to one asks."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, Desk
from tests.attacks.two_cases import CASE, SECOND, claimed


@pytest.mark.parametrize(
    "line",
    [
        f"I do NOT want to CLAIM {CASE}",
        f"Can I CLAIM {CASE}?",
        f"CLAIM {CASE} if Bob does not",
        f"CLAIM {CASE}?",
        f"CLAIM {CASE}？",
        f"Please CLAIM {CASE}",
        f"Don't CLAIM {CASE}",
        f"{CASE} CLAIM",
        f"CLAIM: {CASE}, maybe",
    ],
)
def test_I_18_a_sentence_around_a_command_asks_and_never_acts(cases: Desk, line: str) -> None:
    cases.writes(ALICE, line)
    assert claimed(cases) == [] and len(cases.letters_to(ALICE)) == 1
    assert f"Did you mean to take {CASE}" in cases.last_letter_to(ALICE).subject


def test_I_18_words_that_decline_a_case_never_act_and_reach_a_person(cases: Desk) -> None:
    cases.writes(ALICE, f"受任 {CASE} は見送ります")
    assert claimed(cases) == [] and cases.ending() == "for_staff" and len(cases.letters_to(ALICE)) == 1


@pytest.mark.parametrize(
    "line",
    [f"claim {CASE.lower()}.", f"CLAIM {CASE}。", f"  CLAIM   {CASE}  ", f"Claim {CASE}", "CLAIM 2026-1", f"受任　{CASE}", f"担当{CASE}"],
)
def test_I_18_the_published_grammar_is_lenient_in_case_width_and_a_final_stop(cases: Desk, line: str) -> None:
    cases.writes(ALICE, line)
    assert claimed(cases) == [CASE]


def test_I_18_several_ids_act_and_the_answer_names_each(cases: Desk) -> None:
    cases.writes(ALICE, f"CLAIM {CASE} {SECOND}")
    assert claimed(cases) == [CASE, SECOND]
    text = cases.last_letter_to(ALICE).text
    assert len(cases.letters_to(ALICE)) == 1 and f"CLAIM {CASE}" in text and f"CLAIM {SECOND}" in text


@pytest.mark.parametrize(
    "quotation",
    [
        f"> CLAIM {CASE}",
        f">CLAIM {CASE}",
        f"-----Original Message-----\nFrom: Pro bono desk\n\nCLAIM {CASE}",
        f"差出人: Pro bono desk <cases@bot.ngo.example>\n送信日時: 2026年11月20日 12:00\n宛先: Alice\n件名: x\n\nCLAIM {CASE}",
        f"From: Pro bono desk <cases@bot.ngo.example>\nSent: Friday, November 20, 2026 12:00\nTo: Alice\nSubject: x\n\nCLAIM {CASE}",
        f"On Fri, 20 Nov 2026 12:00, Pro bono desk <cases@bot.ngo.example> wrote:\nCLAIM {CASE}",
        f"-- \nCLAIM {CASE}",
    ],
)
def test_I_19_what_is_quoted_or_signed_never_acts(cases: Desk, quotation: str) -> None:
    cases.writes(ALICE, f"thank you\n\n{quotation}")
    assert claimed(cases) == [] and cases.ending() == "for_staff"


@pytest.mark.parametrize(
    "line", ["CLAIM JUS‐２０２６‐００１", "ＣＬＡＩＭ　ＪＵＳ－２０２６－００１", "CLAIM JUS–2026—001", "受任ＪＵＳー２０２６ー００１"]
)
def test_I_21_widths_and_dashes_of_every_keyboard_are_one_id(cases: Desk, line: str) -> None:
    cases.writes(ALICE, line)
    assert claimed(cases) == [CASE]


@pytest.mark.parametrize(
    "line",
    [
        "CLAIM JU\u0405-2026-001",
        "CL\u0410IM JUS-2026-001",
        "CLAIM JUS-2026-\u0660\u0660\u0661",
        "CLAIM JUS-2026-00\u2460\u0301",
        "CLAIM \U0001d409US-2026-00\u09e7",
    ],
)
def test_I_21_a_letter_of_another_script_is_another_letter(cases: Desk, line: str) -> None:
    cases.writes(ALICE, line)
    assert claimed(cases) == [] and len(cases.letters_to(ALICE)) == 1 and cases.ending() == "for_staff"


@pytest.mark.parametrize(
    "token",
    ["JUS-2026-0010", "XJUS-2026-001", "JUS-2026-001-1", "JUS-2026-0001", "JUS-2026-", "JUS-202-001", "JUS2026001", "JUS-2026-001x"],
)
def test_I_22_what_is_longer_than_an_id_or_glued_to_one_is_no_id(cases: Desk, token: str) -> None:
    cases.writes(ALICE, f"CLAIM {token}")
    assert claimed(cases) == [] and cases.ending() == "for_staff"


def test_I_22_an_id_that_is_shorter_by_its_zeros_or_its_prefix_is_understood(cases: Desk) -> None:
    cases.writes(ALICE, "CLAIM JUS-2026-1")
    cases.writes(BOB, "CLAIM 2026-02")
    cases.settles()
    assert (cases.standing(CASE), cases.standing(SECOND)) == ({ALICE: "confirmed"}, {BOB: "confirmed"})


@pytest.mark.parametrize(
    "line",
    [
        f"CLAIM {CASE}'; DROP TABLE claim;--",
        f"CLAIM {CASE}%",
        "CLAIM JUS-____-___",
        "CLAIM JUS-2026-%",
        "CLAIM %",
        f'CLAIM {CASE}" OR "1"="1',
        "SHOW *",
    ],
)
def test_I_13_sql_is_no_command_and_a_wildcard_matches_nothing(cases: Desk, line: str) -> None:
    cases.writes(ALICE, line)
    assert claimed(cases) == [] and len(cases.members()) == 3
    with cases.office.ledger.reading() as ledger:
        assert [case.id for case in ledger.cases.all()] == [CASE, SECOND]


def test_I_13_a_well_formed_id_of_no_case_is_refused_without_a_guess(cases: Desk) -> None:
    cases.writes(ALICE, "CLAIM JUS-2026-003")
    assert claimed(cases) == [] and "There is no case" in cases.last_letter_to(ALICE).text.replace("\n", " ")


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff"])
def test_I_12_an_id_is_compared_without_its_invisible_characters(cases: Desk, hidden: str) -> None:
    cases.writes(ALICE, f"CLAIM JUS-2026-{hidden}001")
    assert claimed(cases) == [CASE]


@pytest.mark.parametrize("line", ["CLAIM 100-\u202e6202-SUJ", "CLAIM JUS-2026-\u202e100", "CLAIM JUS-2026-00\u20661\u20699"])
def test_I_12_an_id_that_reads_otherwise_than_it_is_written_is_refused_not_guessed(cases: Desk, line: str) -> None:
    """Reversed, it looks like one of our ids on a screen; as written it names none."""
    cases.writes(ALICE, line)
    assert claimed(cases) == []


def test_I_15_a_page_that_fills_in_a_release_needs_alices_own_proven_mail(cases: Desk) -> None:
    """By the contract a proven sender suffices for RELEASE; nobody else's page can send from her mailbox without her."""
    cases.writes(ALICE, f"CLAIM {CASE}")
    cases.settles()
    cases.writes(ALICE, f"RELEASE {CASE}", subject=f"RELEASE {CASE}", proven=None)
    cases.settles()
    assert cases.standing(CASE) == {ALICE: "confirmed"}
    assert cases.last_letter_to(ALICE).subject == "Was this you? Please confirm your mail"


def test_I_15_a_forged_withdrawal_of_a_lawyer_is_no_command_of_hers(cases: Desk) -> None:
    cases.writes(ALICE, f"CLAIM {CASE}")
    cases.settles()
    cases.writes(ALICE, f"WITHDRAW {CASE}")
    assert cases.standing(CASE) == {ALICE: "confirmed"}
    with cases.office.ledger.reading() as ledger:
        assert ledger.cases.some([CASE])[CASE].lifecycle.value == "open"
