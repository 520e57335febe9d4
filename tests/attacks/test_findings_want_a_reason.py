"""Where the anonymity check is sure of what it found, YES and SEND want a reason, and the reason stays on record."""

from __future__ import annotations

import re

import pytest

from bot import rounds
from bot.office import circulars
from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk

NAMED = "Title: A hearing in Karimi Town\nSummary: One visit.\nDetails: The client is Mr Ahmad Karimi.\nConflict check: Ahmad Karimi"
RARE = (
    "Title: A hearing\nSummary: A Rohingya man of 43 years of age, detained in Ushiku, 43 years old, asks for a visit.\nPlace: Ushiku City"
)
PLAIN = "Title: A hearing\nSummary: One visit before the hearing.\nPlace: Tokyo\nDetails: The client is Mr Ahmad Karimi."
ID = "JUS-2026-001"


def state(desk: Desk, case_id: str = ID) -> str:
    with desk.office.ledger.reading() as ledger:
        return ledger.cases.some([case_id])[case_id].state


def brings(desk: Desk, text: str, *, subject: str = "NEW CASE", who: str = SUZUKI) -> None:
    desk.writes(who, text, subject=subject)


def history(desk: Desk, who: str = SUZUKI) -> str:
    desk.writes(who, f"EXPLAIN {ID}")
    return " ".join(desk.last_letter_to(who).text.split())


def answers(desk: Desk, text: str, *, who: str = SUZUKI) -> str:
    """Answers the preview; gives what comes back."""
    desk.writes(who, text, answering=desk.letters_to(who)[0])
    return " ".join(desk.last_letter_to(who).text.split())


def test_the_preview_of_a_text_with_findings_does_not_offer_a_bare_yes(desk: Desk) -> None:
    brings(desk, NAMED)
    shown = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert (
        "“Karimi” is also in the confidential part" in shown and "“YES WITH the name is the town’s”" in shown and "with “YES”" not in shown
    )


def test_a_name_in_the_details_without_title_or_label_is_found_in_whatever_letters(desk: Desk) -> None:
    brings(desk, "Title: A hearing\nSummary: Rahman Ali and 田中花子 need help.\nDetails: Client RAHMAN ALI, 田中花子")
    shown = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert "“Rahman Ali” is also in the confidential part" in shown and "“田中花子” is also in the confidential part" in shown


def test_a_bare_yes_opens_nothing_and_says_what_to_do(desk: Desk) -> None:
    brings(desk, NAMED)
    told = answers(desk, "YES")
    assert state(desk) == "draft" and "Title: “Karimi” is also" in told and f"“EDIT {ID}”" in told and "YES WITH" in told


@pytest.mark.parametrize(
    "answer",
    ["YES WITH the name is the town's", "yes with the name is the town's.", "はい 理由：the name is the town's", "はい、理由 the name is the town's",
     "はい\n理由：the name is the town's", "YES\nReason: the name is the town's"],
)  # fmt: skip
def test_a_reason_opens_it_and_is_on_record(desk: Desk, answer: str) -> None:
    brings(desk, NAMED)
    told = answers(desk, answer)
    assert "The reason on record: “the name is the town's" in told
    assert state(desk) == "open" and "opened by suzuki@ngo.example (reason given: the name is the town's" in history(desk)


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
    assert state(desk) == "draft"


@pytest.mark.parametrize(
    "answer",
    ["YES\nSTATUS\nReason: the name is the town's", "Reason: the name is the town's\nYES", "はい\n状況\n理由：町の名前です",
     "YES\nIt stands on every map.\nReason: the name is the town's", "YES\nReason: Karimi of JUS-2026-003 is a town"],
)  # fmt: skip
def test_what_only_asks_or_tells_leaves_the_reason_to_the_answer(desk: Desk, answer: str) -> None:
    brings(desk, NAMED)
    answers(desk, answer)
    assert state(desk) == "open"


@pytest.mark.parametrize("answer", ["YES WITH", "YES WITH .", "はい 理由："])
def test_a_reason_without_words_is_none(desk: Desk, answer: str) -> None:
    brings(desk, NAMED)
    answers(desk, answer)
    assert state(desk) == "draft"


def test_a_mended_text_needs_no_reason(desk: Desk) -> None:
    brings(desk, NAMED)
    desk.writes(SUZUKI, f"EDIT {ID}\nTitle: A hearing")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert state(desk) == "open"


@pytest.mark.parametrize("text", [PLAIN, RARE])
def test_without_findings_or_with_a_warning_alone_yes_is_enough(desk: Desk, text: str) -> None:
    brings(desk, text)
    answers(desk, "YES")
    assert state(desk) == "open"


def test_a_rare_combination_is_shown_all_the_same(desk: Desk) -> None:
    brings(desk, RARE)
    assert "together may point to one person" in " ".join(desk.last_letter_to(SUZUKI).text.split())


@pytest.mark.parametrize("answer", ["YES WITH a new title: The hearing", "YES WITH two changes"])
def test_a_yes_with_wishes_where_nothing_was_found_opens_nothing(desk: Desk, answer: str) -> None:
    brings(desk, PLAIN)
    told = answers(desk, answer)
    assert state(desk) == "draft" and "“YES” alone" in told and f"“EDIT {ID}”" in told and "2026-014" not in told


@pytest.mark.parametrize(
    "found",
    ["call 03-1234-5678", "write to karimi@example.org", "passport TK1234567", "residence card AB12345678CD", "born on 3 March 1989",
     "see https://example.org/a", "令和6年(行ウ)第123号", "東京都新宿区西新宿2丁目8番1号"],
)  # fmt: skip
def test_what_names_one_person_by_its_shape_wants_a_reason(desk: Desk, found: str) -> None:
    brings(desk, f"Title: A hearing\nSummary: One visit; {found}.")
    answers(desk, "YES")
    assert state(desk) == "draft"


def test_a_bulletin_wants_a_reason_too(desk: Desk) -> None:
    brings(desk, NAMED, subject="EMERGENCY")
    told = answers(desk, "SEND")
    assert "SEND WITH" in told and not desk.letters_to(ALICE)
    answers(desk, "SEND WITH the name is the town's")
    assert desk.letters_to(ALICE) and "bulletin by suzuki@ngo.example (reason given: the name is the town's)" in history(desk)


def test_from_outside_its_thread_a_bulletin_takes_the_code_and_the_reason_as_its_preview_writes_them(desk: Desk) -> None:
    brings(desk, NAMED, subject="EMERGENCY")
    offered = re.search(r"“(SEND \S+ WITH) …”", " ".join(desk.last_letter_to(SUZUKI).text.split()))
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
    assert state(desk) == "draft"
    answers(desk, "YES WITH it is a town")
    assert state(desk) == state(desk, "JUS-2026-002") == "open" and "reason given: it is a town" in history(desk)
    with desk.office.ledger.reading() as ledger:
        assert "because" not in str(ledger.marks.notes("case JUS-2026-002"))


def test_a_question_that_is_no_preview_takes_no_yes_with_conditions(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"I might take {case} in spring")
    desk.writes(ALICE, "YES WITH the condition that it waits", answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert desk.standing(case) == {}


def shows_the_round(desk: Desk) -> str:
    """A case that no staff mail brought in, with a name of its client in its title; gives its id, with the round shown to Suzuki."""
    case = desk.case("A hearing in Karimi Town", details="The client is Mr Ahmad Karimi.", conflict_names="Ahmad Karimi")
    desk.writes(SUZUKI, "ROUND PREVIEW")
    return case


@pytest.mark.parametrize("word", ["SEND", "送信", "ROUND SEND", "YES", "はい"])
def test_a_round_with_findings_wants_a_reason(desk: Desk, word: str) -> None:
    case = shows_the_round(desk)
    preview = desk.last_letter_to(SUZUKI)
    assert "“SEND WITH the name is the town’s”" in " ".join(preview.text.split())
    desk.writes(SUZUKI, word, answering=preview)
    told = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert not desk.letters_to(ALICE) and "Title: “Karimi” is also" in told and f"“EDIT {case}”" in told and " WITH the name is" in told


@pytest.mark.parametrize(
    "word", ["SEND WITH the name is the town's", "送信 理由：the name is the town's", "SEND\nReason: the name is the town's"]
)
def test_with_a_reason_the_round_goes_and_the_reason_is_on_record_in_the_case(desk: Desk, word: str) -> None:
    plain, case = desk.case("An appeal"), shows_the_round(desk)
    desk.writes(SUZUKI, word, answering=desk.last_letter_to(SUZUKI))
    assert case in desk.last_letter_to(ALICE).text and plain in desk.last_letter_to(ALICE).text
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    told = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert "let into the round by suzuki@ngo.example (reason given: the name is the town's)" in told
    with desk.office.ledger.reading() as ledger:
        assert "because" not in str(ledger.marks.notes(f"case {plain}"))


@pytest.mark.parametrize(
    "word", ["ROUND SEND WITH the name is the town's", "ROUND SEND 2026-11 WITH the name is the town's", "月例送信 理由：地名です"]
)
def test_round_send_takes_the_reason_too(desk: Desk, word: str) -> None:
    case = shows_the_round(desk)
    with desk.office.ledger.reading() as ledger:
        month = circulars.outlook(desk.office, ledger).to_send
    desk.writes(SUZUKI, word.replace("2026-11", month))
    assert case in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize("word", ["SEND\nCLOES JUS-2026-003\nReason: the client has left", "送信\n速報 JUS-2026-003\n理由：期日の変更"])
def test_a_reason_meant_for_something_else_sends_no_round(desk: Desk, word: str) -> None:
    shows_the_round(desk)
    desk.writes(SUZUKI, word, answering=desk.last_letter_to(SUZUKI))
    assert not desk.letters_to(ALICE)


def test_a_reason_given_before_is_enough(desk: Desk) -> None:
    brings(desk, NAMED)
    answers(desk, "YES WITH the name is the town's")
    desk.writes(SUZUKI, "ROUND SEND")
    assert ID in desk.last_letter_to(ALICE).text


def test_a_reason_where_nothing_was_found_sends_no_round(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND SEND WITH a new title")
    told = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert not desk.letters_to(ALICE) and "“ROUND SEND” alone" in told and f"“EDIT {ID}”" in told


def test_silence_leaves_a_case_with_findings_out_and_tells_staff(desk: Desk) -> None:
    plain, case = desk.case("An appeal"), shows_the_round(desk)
    with desk.office.ledger.deciding() as ledger:
        circulars.open_round(desk.office, ledger, "2026-12", by=circulars.SCHEDULE)
    went, told = desk.last_letter_to(ALICE).text, " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert plain in went and case not in went and f"{case} A hearing in Karimi Town (a finding wants a reason)" in told


def test_a_yes_with_a_reason_lets_it_go_at_its_hour(desk: Desk) -> None:
    case = shows_the_round(desk)
    desk.writes(SUZUKI, "YES WITH it is a town", answering=desk.last_letter_to(SUZUKI))
    assert not desk.letters_to(ALICE)
    with desk.office.ledger.deciding() as ledger:
        circulars.open_round(desk.office, ledger, "2026-12", by=circulars.SCHEDULE)
    assert case in desk.last_letter_to(ALICE).text


def test_soon_after_one_round_the_next_goes_only_by_its_name(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND SEND")
    desk.passes(days=10, hours=12)
    desk.writes(SUZUKI, "ROUND PREVIEW")
    rounds.preview_due(desk.office)
    desk.writes(SUZUKI, "ROUND SEND")
    told = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert len(desk.letters_to(ALICE)) == 1 and "“ROUND SEND 2026-12”" in told and "The round for November 2026 went out" in told
    desk.writes(SUZUKI, "ROUND SEND 2026-12")
    assert len(desk.letters_to(ALICE)) == 2


@pytest.mark.parametrize("word", ["ROUND SEND", "ROUND SEND 2026-11", "ROUND SEND 2026-12"])
def test_after_a_round_that_was_sent_early_the_next_month_is_offered(desk: Desk, word: str) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND PREVIEW")
    desk.writes(SATO, "月例確認")
    desk.writes(SUZUKI, "SEND", answering=desk.last_letter_to(SUZUKI))
    desk.writes(SUZUKI, word)
    told = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert (
        len(desk.letters_to(ALICE)) == 1
        and f"The round for December 2026 went out on Fri 20 Nov 2026, 12:00:00 JST (03:00:00 UTC), at the word of {SUZUKI}" in told
    )
    assert "January 2027 and goes out on Mon 4 Jan 2027, 09:00 JST" in told and "“ROUND SEND 2027-01”" in told and "November" not in told
    desk.writes(SUZUKI, "ROUND SEND 2027-01", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 2
    desk.writes(SATO, "送信", answering=desk.last_letter_to(SATO))
    desk.writes(SATO, "月例送信 2026-12")
    assert len(desk.letters_to(ALICE)) == 2


@pytest.mark.parametrize("month", ["2027-01", "2027-02", "2036-12", "2026-10", "2026-08"])
def test_a_month_whose_turn_it_is_not_is_not_sent_by_its_name_and_the_next_is_told(desk: Desk, month: str) -> None:
    desk.case()
    desk.passes(days=9)
    desk.writes(SUZUKI, f"ROUND SEND {month}")
    desk.writes(SATO, f"月例送信 {month}")
    told = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert not desk.letters_to(ALICE) and desk.last_letter_to(SUZUKI).subject == "Not done"
    assert "The next round is the one for December 2026, which goes out on Tue 1 Dec 2026, 09:00 JST" in told
    assert "“ROUND SEND 2026-12”" in told and "「月例送信2026-12」" in "".join(desk.last_letter_to(SATO).text.split())
    desk.writes(SUZUKI, "ROUND SEND 2026-12", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == 1


def test_who_holds_the_next_round_is_told_to_who_names_a_later_one(desk: Desk) -> None:
    desk.case()
    desk.writes(SATO, "月例保留")
    desk.writes(SUZUKI, "ROUND SEND 2027-02")
    assert f"the one for December 2026, which {SATO} holds back" in " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert not desk.letters_to(ALICE)


def test_a_month_that_went_out_long_ago_is_told_as_sent(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND SEND")
    desk.passes(days=100)
    desk.writes(SUZUKI, "ROUND SEND 2026-11")
    assert "The round for November 2026 went out on Fri 20 Nov 2026" in " ".join(desk.last_letter_to(SUZUKI).text.split())
