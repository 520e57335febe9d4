"""What staff write is answered: with the word that is waited for, also after a day of mails that changed nothing, and never with silence."""

from __future__ import annotations

import pytest

from bot.core.model import Lifecycle
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.story.people import Letter

CASE = "Title: A hearing\nSummary: One visit.\nDeadline: 2026-12-20\n"
THANKS = {"en": "Yes, it reads well.", "ja": "はい、送信をお願いします。"}


def uses_up_the_answers(desk: Desk, who: str) -> None:
    for _ in range(5):
        desk.writes(who, "HELP")


@pytest.mark.parametrize("words", THANKS.values(), ids=THANKS)
@pytest.mark.parametrize(("subject", "word"), [("NEW CASE", "YES"), ("EMERGENCY", "SEND")])
def test_natural_words_to_a_preview_are_answered_with_the_word_that_is_waited_for(desk: Desk, words: str, subject: str, word: str) -> None:
    desk.writes(SUZUKI, CASE, subject=subject)
    desk.writes(SUZUKI, words, answering=desk.last_letter_to(SUZUKI))
    asked = desk.last_letter_to(SUZUKI)
    assert f"please answer {word} or NO" in asked.subject and f"“{word}”" in asked.text and "As staff" not in asked.text
    desk.writes(SUZUKI, word, answering=asked)
    with desk.office.ledger.reading() as ledger:
        assert [case.lifecycle for case in ledger.cases.all()] == [Lifecycle.OPEN]


@pytest.mark.parametrize(
    "words",
    [
        "Yes please, thank you!",
        "はい、お願いします。",
        "Yes, please.\n\nKind regards,\nTaro",
        "Yes please, thank you!\n\nSuzuki Taro\nLegal officer",
        "はい、お願いします。\n\nSuzuki Taro\n法務担当\n〒160-0023 東京都新宿区西新宿1-2-3\nTEL 03-1234-5678",
        "お疲れさまです。Suzukiです。\nはい、お願いいたします。",
    ],
)
def test_a_courteous_yes_opens_the_case(desk: Desk, words: str) -> None:
    desk.writes(SUZUKI, CASE, subject="NEW CASE")
    desk.writes(SUZUKI, words, answering=desk.last_letter_to(SUZUKI))
    with desk.office.ledger.reading() as ledger:
        assert [case.lifecycle for case in ledger.cases.all()] == [Lifecycle.OPEN]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("EMERGENCY", "Yes please, thank you!"),
        ("NEW CASE", "Yes please, but not before Monday."),
        ("NEW CASE", "はい、お願いします。\n概要をもう少し短くしてください。"),
        ("NEW CASE", "Yes please?"),
    ],
)
def test_a_bulletin_wants_its_word_and_a_yes_with_more_beside_it_opens_nothing(desk: Desk, subject: str, words: str) -> None:
    desk.writes(SUZUKI, CASE, subject=subject)
    desk.writes(SUZUKI, words, answering=desk.last_letter_to(SUZUKI))
    with desk.office.ledger.reading() as ledger:
        assert [case.lifecycle for case in ledger.cases.all()] == [Lifecycle.DRAFT]
    assert "please answer" in desk.last_letter_to(SUZUKI).subject


@pytest.mark.parametrize(
    "words", ["YES\nIs it not the High Court?", "はい\n場所は東京高裁ではないでしょうか？", "はい。場所は東京高裁ではないでしょうか？"]
)
def test_a_yes_beside_a_doubt_decides_nothing(desk: Desk, words: str) -> None:
    desk.writes(SUZUKI, CASE, subject="NEW CASE")
    desk.writes(SUZUKI, words, answering=desk.last_letter_to(SUZUKI))
    asked = desk.last_letter_to(SUZUKI)
    assert "please answer YES or NO" in asked.subject
    desk.writes(SUZUKI, "YES", answering=asked)
    with desk.office.ledger.reading() as ledger:
        assert [case.lifecycle for case in ledger.cases.all()] == [Lifecycle.OPEN]


def opened_by_a_colleague(desk: Desk) -> Letter:
    """The preview that Sato still has of a case that Suzuki has opened."""
    desk.writes(SATO, CASE, subject="NEW CASE")
    preview = desk.last_letter_to(SATO)
    with desk.office.ledger.reading() as ledger:
        case = ledger.cases.all()[0].id
    desk.writes(SUZUKI, f"REOPEN {case}")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    return preview


@pytest.mark.parametrize("words", ["はい、お願いします。\n\n佐藤 花子\n法務担当\nTEL 03-1234-5678", "はい。\n佐藤 花子\n事務局長"])
def test_a_late_yes_reads_who_was_first(desk: Desk, words: str) -> None:
    preview = opened_by_a_colleague(desk)
    before = len(desk.letters_to(SUZUKI))
    desk.writes(SATO, words, answering=preview)
    told = desk.last_letter_to(SATO)
    assert "済んでいます" in told.subject and "ご依頼が見つからず" not in told.text and SUZUKI in told.text
    assert len(desk.letters_to(SUZUKI)) == before


@pytest.mark.parametrize(
    "words", ["はい。場所は東京高裁ではないでしょうか？", "はい\n場所は東京高裁ではないでしょうか？", "場所は東京高裁です。"]
)
def test_a_doubt_that_comes_too_late_reaches_the_colleagues(desk: Desk, words: str) -> None:
    preview = opened_by_a_colleague(desk)
    desk.writes(SATO, words, answering=preview)
    told, read = desk.last_letter_to(SATO), desk.last_letter_to(SUZUKI)
    assert "済んでいます" in told.subject and "ほかの職員の方々にお届けしました" in "".join(told.text.split())
    assert "東京高裁" in read.text and "over already" in read.flat


def test_words_about_the_round_name_send_and_hold(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND PREVIEW")
    desk.writes(SUZUKI, "There is a name in it, do not let this out!", answering=desk.last_letter_to(SUZUKI))
    assert "“HOLD”" in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize("words", ["YES WITH fine", "There is a name in it, stop this!", "ASSIGN JUS-2026-001", "CLOSEE JUS-2026-001"])
def test_after_five_idle_answers_staff_are_answered_still(desk: Desk, words: str) -> None:
    desk.case()
    desk.writes(SATO, CASE, subject="NEW CASE")
    preview = desk.last_letter_to(SATO)
    uses_up_the_answers(desk, SATO)
    before = len(desk.letters_to(SATO))
    desk.writes(SATO, words, answering=preview)
    assert len(desk.letters_to(SATO)) == before + 1 and desk.ending() == "answered"


def test_what_is_not_answered_in_the_end_waits_for_a_person(desk: Desk) -> None:
    uses_up_the_answers(desk, SUZUKI)
    desk.writes(SUZUKI, "HELP")
    assert desk.ending() == "for_staff"
    assert "waits for a person" in desk.last_letter_to(SATO).flat or "本日のまとめ" in desk.last_letter_to(SATO).text


@pytest.mark.parametrize("words", ["Yes, please.", "はい、お願いします。"])
def test_a_courteous_yes_leaves_the_roster(desk: Desk, words: str) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(BOB, "LEAVE")
    desk.writes(BOB, words, answering=desk.last_letter_to(BOB))
    assert desk.members()[BOB] == "left" and desk.members()[ALICE] == "active"


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("ROUND SEND December", "ROUND SEND 2026-12"),
        ("ROUND SEND 2026-13", "ROUND SEND 2026-12"),
        ("EDIT 2", "EDIT JUS-2026-002"),
        ("CLOSE 14", "CLOSE JUS-2026-014"),
        ("CLOSE 3番", "CLOSE JUS-2026-003"),
        ("CLOSE #3.", "CLOSE JUS-2026-003"),
        ("終了 第3", "終了 JUS-2026-003"),
        ("ASSIGN 3 bob@lawfirm.example", "ASSIGN JUS-2026-003 bob@lawfirm.example"),
    ],
)
def test_a_month_or_a_number_that_is_none_is_told_the_very_line_that_works(desk: Desk, line: str, form: str) -> None:
    desk.case()
    desk.writes(SUZUKI, line)
    told = desk.last_letter_to(SUZUKI).flat
    assert f"“{line}”. The form that works is “{form}”." in told


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("CHANGE ADDRESS", "CHANGE ADDRESS ito@lawfirm.example ito@newfirm.example"),
        ("アドレス変更", "アドレス変更 ito@lawfirm.example ito@newfirm.example"),
        ("APPROVE", "APPROVE ito@lawfirm.example"),
        ("登録解除", "登録解除 ito@lawfirm.example"),
        ("ASSIGN", "ASSIGN JUS-2026-014 ito@lawfirm.example"),
    ],
)
@pytest.mark.parametrize("is_in_subject", [True, False])
def test_a_word_without_what_it_needs_is_told_its_form(desk: Desk, word: str, form: str, is_in_subject: bool) -> None:
    subject, text = (word, "Suzuki Taro") if is_in_subject else ("Hello", word)
    desk.writes(SUZUKI, text, subject=subject)
    told = desk.last_letter_to(SUZUKI).flat
    assert f"“{word}”. The form that works is “{form}”." in told and "No member" not in told and desk.ending() == "answered"


@pytest.mark.parametrize("word", ["CHANGE ADDRESS", "アドレス変更"])
def test_a_word_alone_in_the_subject_is_the_heading_of_the_line_below_it(desk: Desk, word: str) -> None:
    desk.writes(SUZUKI, f"{word} {BOB} bob@newfirm.example WITH told by telephone", subject=word)
    assert desk.last_letter_to(SUZUKI).flat.count("not understood") == 0 and desk.letters_to("bob@newfirm.example")


@pytest.mark.parametrize(("who", "words"), [(SUZUKI, "HELP"), (SUZUKI, "CLAIM {}"), (SATO, "ヘルプ"), (SATO, "休止")])
def test_staff_who_are_not_on_the_roster_are_told_so_and_offered_no_word_of_lawyers(desk: Desk, who: str, words: str) -> None:
    desk.writes(who, words.format(desk.case()))
    told = desk.last_letter_to(who)
    is_english = who == SUZUKI
    assert ("not on the roster yourself" if is_english else "名簿に登録されていない") in told.text.replace("\n", " " if is_english else "")
    assert not any(word in told.text for word in ("“LIMIT 2”", "“LEAVE”", "「上限 2」", "「退会」"))


def test_staff_who_are_on_the_roster_are_offered_what_lawyers_write(desk: Desk) -> None:
    desk.joins(SUZUKI, name="Suzuki Taro")
    desk.writes(SUZUKI, "HELP")
    assert "“LIMIT 2”" in desk.last_letter_to(SUZUKI).text and "not on the roster" not in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize(("subject", "word"), [("NEW CASE", "YES"), ("NEW CASE", "NO"), ("EMERGENCY", "SEND")])
@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("RELASE {0} alice@lawfirm.example", "RELEASE {0} alice@lawfirm.example"),
        ("CLOES {0}", "CLOSE {0}"),
        ("割り当てる {0} bob@bengo.example", "割り当て {0} bob@bengo.example"),
    ],
)
def test_a_slip_below_an_answer_is_told_with_the_form_that_works(desk: Desk, subject: str, word: str, line: str, form: str) -> None:
    other = desk.case("Another")
    desk.writes(SUZUKI, CASE, subject=subject)
    desk.writes(SUZUKI, f"{word}\n{line.format(other)}", answering=desk.last_letter_to(SUZUKI))
    told = desk.last_letter_to(SUZUKI).flat
    assert f"nothing was done for it: “{line.format(other)}”. The form that works is “{form.format(other)}”." in told
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.get("JUS-2026-002").lifecycle is (Lifecycle.WITHDRAWN if word == "NO" else Lifecycle.OPEN)


@pytest.mark.parametrize("word", ["SEND", "HOLD", "YES"])
def test_so_it_is_below_the_answer_to_the_preview_of_a_round(desk: Desk, word: str) -> None:
    case = desk.case()
    desk.writes(SUZUKI, "ROUND PREVIEW")
    desk.writes(SUZUKI, f"{word}\nCLOES {case}", answering=desk.last_letter_to(SUZUKI))
    assert f"The form that works is “CLOSE {case}”." in desk.last_letter_to(SUZUKI).flat


def test_what_staff_say_of_the_very_case_below_their_answer_is_no_slip(desk: Desk) -> None:
    desk.writes(SUZUKI, CASE, subject="NEW CASE")
    desk.writes(SUZUKI, "YES\n\nJUS-2026-001 reads well now, thank you.\nTaro", answering=desk.last_letter_to(SUZUKI))
    assert "not understood" not in desk.last_letter_to(SUZUKI).flat and "Your mail held" not in desk.last_letter_to(SUZUKI).flat


def test_a_slip_below_the_yes_that_passes_words_on_is_told_too(desk: Desk) -> None:
    case = desk.case(details="The client is Farida Ahmadi of Osaka.")
    desk.writes(ALICE, f"May I ask who the client in {case} is?")
    desk.writes(SUZUKI, "It is Farida Ahmadi of Osaka.", answering=desk.last_letter_to(SUZUKI))
    desk.writes(SUZUKI, f"YES\nCLOES {case}", answering=desk.last_letter_to(SUZUKI))
    assert f"The form that works is “CLOSE {case}”." in desk.last_letter_to(SUZUKI).flat
