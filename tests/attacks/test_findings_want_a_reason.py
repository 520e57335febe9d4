"""Where the anonymity check is sure of what it found, YES and SEND want a reason, and the reason stays on record."""

from __future__ import annotations

import re

import pytest

from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk

NAMED = "Title: A hearing in Karimi Town\nSummary: One visit.\nDetails: The client is Mr Ahmad Karimi.\nConflict check: Ahmad Karimi"
RARE = (
    "Title: A hearing\nSummary: A Rohingya man of 43 years of age, detained in Ushiku, 43 years old, asks for a visit.\nPlace: Ushiku City"
)
PLAIN = "Title: A hearing\nSummary: One visit before the hearing.\nPlace: Tokyo\nDetails: The client is Mr Ahmad Karimi."
ID = "JUS-2026-001"


def brings(desk: Desk, text: str, *, subject: str = "NEW CASE", who: str = SUZUKI) -> None:
    desk.writes(who, text, subject=subject)


def history(desk: Desk, who: str = SUZUKI) -> str:
    desk.writes(who, f"EXPLAIN {ID}")
    return desk.last_letter_to(who).flat


def answers(desk: Desk, text: str, *, who: str = SUZUKI) -> str:
    """Answers the preview; gives what comes back."""
    desk.writes(who, text, answering=desk.letters_to(who)[0])
    return desk.last_letter_to(who).flat


def test_the_preview_of_a_text_with_findings_does_not_offer_a_bare_yes(desk: Desk) -> None:
    brings(desk, NAMED)
    shown = desk.last_letter_to(SUZUKI).flat
    assert (
        "“Karimi” is also in the confidential part" in shown and "“YES WITH the name is the town’s”" in shown and "with “YES”" not in shown
    )


def test_a_name_in_the_details_without_title_or_label_is_found_in_whatever_letters(desk: Desk) -> None:
    brings(desk, "Title: A hearing\nSummary: Rahman Ali and 田中花子 need help.\nDetails: Client RAHMAN ALI, 田中花子")
    shown = desk.last_letter_to(SUZUKI).flat
    assert "“Rahman Ali” is also in the confidential part" in shown and "“田中花子” is also in the confidential part" in shown


def test_a_bare_yes_opens_nothing_and_says_what_to_do(desk: Desk) -> None:
    brings(desk, NAMED)
    told = answers(desk, "YES")
    assert desk.on_file(ID)[0].state == "draft" and "Title: “Karimi” is also" in told and f"“EDIT {ID}”" in told and "YES WITH" in told


@pytest.mark.parametrize(
    "answer",
    ["YES WITH the name is the town's", "yes with the name is the town's.", "はい 理由：the name is the town's", "はい、理由 the name is the town's",
     "はい\n理由：the name is the town's", "YES\nReason: the name is the town's"],
)  # fmt: skip
def test_a_reason_opens_it_and_is_on_record(desk: Desk, answer: str) -> None:
    brings(desk, NAMED)
    told = answers(desk, answer)
    assert "The reason on record: “the name is the town's" in told
    assert desk.on_file(ID)[0].state == "open" and "opened by suzuki@ngo.example (reason given: the name is the town's" in history(desk)


def test_japanese_staff_read_the_reason_in_japanese(desk: Desk) -> None:
    brings(desk, NAMED, who=SATO)
    answers(desk, "はい 理由：町の名前です。", who=SATO)
    assert "募集を始めました（理由:町の名前です）" in history(desk, SATO).replace(" ", "").replace("：", ":")


@pytest.mark.parametrize(
    "answer",
    ["YES\nCLOES JUS-2026-003\nReason: the client has left", "YES\nCLOSE 003 please\nReason: the client has left",
     "YES\nCLOES 003\nReason: the client has left", "YES\nBULLETIN JUS-2026-001\nReason: the hearing has moved",
     "YES\nASIGN it to bob@x.example\nReason: she speaks Dari", "YES\nPAUSE\nReason: I am away",
     "はい\n終了する JUS-2026-003\n理由：転居されました", "はい\n終了 第3号\n理由：転居されました", "はい\n速報 JUS-2026-001\n理由：期日の変更"],
)  # fmt: skip
def test_a_reason_meant_for_something_else_opens_nothing(desk: Desk, answer: str) -> None:
    brings(desk, NAMED)
    answers(desk, answer)
    assert desk.on_file(ID)[0].state == "draft"


@pytest.mark.parametrize(
    "answer",
    ["YES\nSTATUS\nReason: the name is the town's", "Reason: the name is the town's\nYES", "はい\n状況\n理由：町の名前です",
     "YES\nIt stands on every map.\nReason: the name is the town's", "YES\nReason: Karimi of JUS-2026-003 is a town"],
)  # fmt: skip
def test_what_only_asks_or_tells_leaves_the_reason_to_the_answer(desk: Desk, answer: str) -> None:
    brings(desk, NAMED)
    answers(desk, answer)
    assert desk.on_file(ID)[0].state == "open"


@pytest.mark.parametrize("answer", ["YES WITH", "YES WITH .", "はい 理由："])
def test_a_reason_without_words_is_none(desk: Desk, answer: str) -> None:
    brings(desk, NAMED)
    answers(desk, answer)
    assert desk.on_file(ID)[0].state == "draft"


def test_a_mended_text_needs_no_reason(desk: Desk) -> None:
    brings(desk, NAMED)
    desk.writes(SUZUKI, f"EDIT {ID}\nTitle: A hearing")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert desk.on_file(ID)[0].state == "open"


@pytest.mark.parametrize("text", [PLAIN, RARE])
def test_without_findings_or_with_a_warning_alone_yes_is_enough(desk: Desk, text: str) -> None:
    brings(desk, text)
    answers(desk, "YES")
    assert desk.on_file(ID)[0].state == "open"


def test_a_rare_combination_is_shown_all_the_same(desk: Desk) -> None:
    brings(desk, RARE)
    assert "together may point to one person" in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize("answer", ["YES WITH a new title: The hearing", "YES WITH two changes"])
def test_a_yes_with_wishes_where_nothing_was_found_opens_nothing(desk: Desk, answer: str) -> None:
    brings(desk, PLAIN)
    told = answers(desk, answer)
    assert desk.on_file(ID)[0].state == "draft" and "“YES” alone" in told and f"“EDIT {ID}”" in told and "2026-014" not in told


@pytest.mark.parametrize(
    "found",
    ["call 03-1234-5678", "write to karimi@example.org", "passport TK1234567", "residence card AB12345678CD", "born on 3 March 1989",
     "see https://example.org/a", "令和6年(行ウ)第123号", "東京都新宿区西新宿2丁目8番1号"],
)  # fmt: skip
def test_what_names_one_person_by_its_shape_wants_a_reason(desk: Desk, found: str) -> None:
    brings(desk, f"Title: A hearing\nSummary: One visit; {found}.")
    answers(desk, "YES")
    assert desk.on_file(ID)[0].state == "draft"


def test_a_bulletin_wants_a_reason_too(desk: Desk) -> None:
    brings(desk, NAMED, subject="EMERGENCY")
    told = answers(desk, "SEND")
    assert "SEND WITH" in told and not desk.letters_to(ALICE)
    answers(desk, "SEND WITH the name is the town's")
    assert desk.letters_to(ALICE) and "bulletin by suzuki@ngo.example (reason given: the name is the town's)" in history(desk)


def test_from_outside_its_thread_a_bulletin_takes_the_code_and_the_reason_as_its_preview_writes_them(desk: Desk) -> None:
    brings(desk, NAMED, subject="EMERGENCY")
    offered = re.search(r"“(SEND \S+ WITH) …”", desk.last_letter_to(SUZUKI).flat)
    assert offered
    desk.writes(SUZUKI, f"{offered[1]} the name is the town's")
    assert desk.letters_to(ALICE) and "(reason given: the name is the town's)" in history(desk)


def test_a_change_of_an_open_case_wants_a_reason_too(desk: Desk) -> None:
    case = desk.case(details="The client is Mr Ahmad Karimi.")
    desk.writes(SUZUKI, f"EDIT {case}\nTitle: The hearing of Karimi")
    told = answers(desk, "YES")
    assert "YES WITH" in told
    answers(desk, "YES WITH it is the name of the street")
    assert "Title changed by suzuki@ngo.example (reason given: it is the name of the street)" in history(desk)


def test_one_reason_covers_a_table_and_is_on_record_where_something_was_found(desk: Desk) -> None:
    table = "title,summary,details\nA hearing in Karimi Town,One visit.,The client is Mr Ahmad Karimi.\nAn appeal,Six months.,\n"
    desk.writes(SUZUKI, "", subject="NEW CASE", files=(("cases.csv", "text/csv", table.encode()),))
    answers(desk, "YES")
    assert desk.on_file(ID)[0].state == "draft"
    answers(desk, "YES WITH it is a town")
    assert desk.on_file(ID)[0].state == desk.on_file("JUS-2026-002")[0].state == "open" and "reason given: it is a town" in history(desk)
    with desk.office.ledger.reading() as ledger:
        assert "because" not in str(ledger.marks.notes("case JUS-2026-002"))


def test_a_question_that_is_no_preview_takes_no_yes_with_conditions(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"I might take {case} in spring")
    desk.writes(ALICE, "YES WITH the condition that it waits", answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert desk.standing(case) == {}


def test_a_reason_given_before_is_enough(desk: Desk) -> None:
    brings(desk, NAMED)
    answers(desk, "YES WITH the name is the town's")
    desk.writes(SUZUKI, "ROUND SEND")
    assert ID in desk.last_letter_to(ALICE).text
