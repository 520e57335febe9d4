"""Own words in plain text: what the sender wrote is found, what they quote or sign with never comes out as theirs."""

from __future__ import annotations

import pytest

from bot.core.words import OwnWords, own_words

CLAIM = "CLAIM JAR-2026-014"
OTHER = "CLAIM JAR-2026-099"


def test_own_words_stand_above_a_quotation() -> None:
    text = f"{CLAIM}\n\nOn 2 Nov 2026, Desk <cases@example.org> wrote:\n> {OTHER}\n> more"
    assert own_words(text, "").lines == (CLAIM,)


def test_own_words_stand_below_a_marked_quotation() -> None:
    text = f"On 2 Nov 2026, Desk <cases@example.org> wrote:\n> {OTHER}\n>\n> more\n\n{CLAIM}\n\nTaro"
    assert own_words(text, "").lines == (CLAIM, "", "Taro")


def test_own_words_stand_between_marked_quotations() -> None:
    text = f"Desk wrote:\n> {OTHER}\n\nno thanks\n\n> JAR-2026-014\n\n{CLAIM}\n> end"
    found = own_words(text, "")
    assert (CLAIM in found.lines, OTHER in found.lines, found.doubt) == (True, False, "")


@pytest.mark.parametrize("mark", ["> ", ">> ", "＞", "＞ ", "| ", "｜", " > ", ">"])
def test_a_line_with_a_quote_mark_is_quotation(mark: str) -> None:
    assert own_words(f"thank you\n{mark}{OTHER}", "").lines == ("thank you",)


@pytest.mark.parametrize(
    "rule",
    [
        "-- ",
        "--",
        "--\u200b",
        "-- \ufeff",
        "--\u00a0",
        "――――――――",
        "━━━━━━━━━━",
        "-----------",
        "************",
        "=====",
        "＿＿＿＿＿＿",
        "_____",
        "◆◇◆◇◆◇",
    ],
)
def test_a_signature_never_acts(rule: str) -> None:
    """Under the certain mark it is dropped; under a drawn line a person is asked."""
    found = own_words(f"thank you\n\n{rule}\nTaro Yamada\n{OTHER}\n", "")
    assert found.lines == ("thank you",)
    assert (rule.startswith("--") and len(rule) < 5) or found.doubt


def test_a_japanese_signature_with_a_telephone_number_is_no_reason_to_doubt() -> None:
    text = f"{CLAIM}\n\n━━━━━━━━━━━━\n弁護士 山田太郎\n〒100-0001 東京都千代田区1-1\nTEL 03-1234-5678 / FAX 03-1234-5679\n━━━━━━━━━━━━\n"
    assert own_words(text, "") == own_words(CLAIM, "")


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone", "iPhoneから送信", "Get Outlook for iOS", "Von meinem iPhone gesendet", "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone", "Enviado do meu iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone", "Wysłane z iPhone'a",
        "发自我的iPhone",
        "나의 iPhone에서 보냄", "Sent from Outlook for Android", "Outlook for iOS を入手", "スマートフォンから送信",
        "Yahoo!メール - スマートフォンからご利用いただけます",
    ],
)  # fmt: skip
def test_the_line_that_a_phone_adds_is_not_the_senders(line: str) -> None:
    assert own_words(f"{CLAIM}\n\n{line}\n", "").lines == (CLAIM,)


def test_a_sentence_that_begins_like_a_phones_line_stays() -> None:
    assert len(own_words("Sent from my desk, is much easier than my mobile phone.", "").lines) == 1


def test_a_legal_footer_is_not_the_senders() -> None:
    footer = "This e-mail and any attachments are confidential and intended for the addressee only.\nCLAIM your rights."
    assert own_words(f"{CLAIM}\n\n{footer}", "").lines == (CLAIM,)


def test_a_command_in_what_looks_like_a_footer_is_asked_about() -> None:
    assert own_words(f"thanks\n-----\n{CLAIM}\n-----\n", "").doubt


@pytest.mark.parametrize("prefix", ["", "> ", ">> ", "＞ "])
def test_nothing_under_our_marker_is_read(prefix: str) -> None:
    marker = "##- Please write above this line -##"
    text = f"{CLAIM}\n\n{prefix}{marker}\n{prefix}{OTHER}\n"
    assert own_words(text, "", marker=marker).lines == (CLAIM,)


def test_our_marker_is_found_when_it_was_wrapped_over_two_lines() -> None:
    text = f"{CLAIM}\n> ##- Please write above\n> this line -##\n{OTHER}"
    assert own_words(text, "", marker="##- Please write above this line -##").lines == (CLAIM,)


def test_who_writes_below_a_quoted_marker_is_asked_not_ignored() -> None:
    marker = "##- Please write above this line -##"
    assert own_words(f"> {marker}\n> list\n\n{CLAIM}", "", marker=marker).doubt


def test_the_rest_of_a_broken_quoted_line_is_doubtful() -> None:
    """A mail program that wraps quoted lines leaves their ends unmarked."""
    text = f"thank you\n> To ask for this case you would answer this letter with the words\n{OTHER}\n> and no others"
    found = own_words(text, "")
    assert OTHER not in found.lines and found.doubt


def test_a_lone_carriage_return_does_not_lift_quoted_words_to_a_line() -> None:
    assert own_words(f"thanks\n> see\r{OTHER}\n", "").lines == ("thanks",)


@pytest.mark.parametrize(
    "rule",
    [
        "-----Original Message-----",
        "-------- 元のメッセージ --------",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
    ],
)
def test_under_a_forwarders_rule_nothing_is_the_senders(rule: str) -> None:
    assert own_words(f"thank you\n\n{rule}\n{OTHER}", "").lines == ("thank you",)


def test_blank_lines_inside_stay_and_outside_go() -> None:
    assert own_words("\n\nTitle: a\n\n\nSummary: b\n\n", "").lines == ("Title: a", "", "Summary: b")


def test_a_form_in_japanese_is_not_taken_for_a_quoted_header() -> None:
    text = "件名: 面談の付添い\n種別: 難民認定\n概要: 二行の\n概要です\n期限: 2026-12-01\n期間: 3か月"
    assert own_words(text, "").lines == tuple(text.split("\n"))


def test_a_message_without_own_words_has_none() -> None:
    assert own_words("", "").lines == ()


@pytest.mark.parametrize(
    "above",
    [
        "I am sorry to have to tell you all once more that this time I will not",
        "Bob, Carol and I have agreed among ourselves that none of us three will,",
    ],
)
def test_the_rest_of_a_sentence_that_was_broken_over_two_lines_is_asked_about(above: str) -> None:
    assert own_words(f"{above}\n{CLAIM}\n", "").doubt


@pytest.mark.parametrize(
    "above",
    ["Dear all,", "I would like to take this one:", "A long sentence that fills its line to the brim and yet comes to an end there.", "x" * 90 + " and",
     "いつもお世話になっております。山田法律事務所の山田です。下記の案件を担当いたしたく、お願いいたします"],
)  # fmt: skip
def test_a_command_below_a_whole_line_is_the_senders(above: str) -> None:
    found = own_words(f"{above}\n{CLAIM}\n", "")
    assert (found.lines, found.doubt) == ((above, CLAIM), "")


GIVEN = "ASSIGN JAR-2026-014 ito@lawfirm.example WITH she has done three of these"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (GIVEN, "CLOSE JAR-2026-099"),
        (GIVEN.lower(), "close JAR-2026-099"),
        (GIVEN.capitalize(), "Close JAR-2026-099"),
        ("ASSIGN JAR-2026-014 akiko.ito-yamamoto@a-long-lawfirm-name.example", "CLOSE JAR-2026-099"),
        ("Reason: we have agreed on the phone that she takes it from Monday", "CLOSE JAR-2026-099"),
        ("Ｒｅａｓｏｎ： we have agreed on the phone that she takes it from Monday", "CLOSE JAR-2026-099"),
    ],
)
def test_a_request_below_another_whole_request_or_its_reason_is_the_senders(above: str, below: str) -> None:
    assert own_words(f"{above}\n{below}\n", "") == OwnWords((above, below))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("RELEASE JAR-2026-014 ito@lawfirm.example WITH she asks that we do not", "CLOSE JAR-2026-099"),
        ("RELEASE JAR-2026-014 ito@lawfirm.example WITH it is hers until we can", "CLOSE JAR-2026-099"),
        ("RELEASE JAR-2026-014 ito@lawfirm.example WITH she would like us all to", "CLOSE JAR-2026-099"),
        ("RELEASE JAR-2026-014 ito@lawfirm.example WITH she is away, as you know,", "CLOSE JAR-2026-099"),
        ("RELEASE JAR-2026-014 ito@lawfirm.example WITH she hopes her colleagues", "close JAR-2026-099"),
        ("Reason: we have agreed on the phone that from Monday she will not", "CLOSE JAR-2026-099"),
    ],
)
def test_a_reason_that_leads_on_into_the_request_below_it_is_asked_about_by_its_line(above: str, below: str) -> None:
    found = own_words(f"{above}\n{below}\n", "")
    assert (found.doubt, found.doubted) == ("a command may be the rest of a broken sentence", below)
    assert own_words(f"{above}\n\n{below}\n", "").doubt == ""


def test_a_request_that_only_the_text_part_breaks_is_read_as_its_page_shows_it() -> None:
    """Mail programs break the lines of the plain text at about 76 columns, and leave the page whole."""
    whole, other = f"{GIVEN} and is free until the end of May", "CLOSE JAR-2026-099"
    text = f"Hello,\n{GIVEN} and is free\nuntil the end of May\n{other}\n"
    page = f"<div>Hello,</div><div>{whole}</div><div>{other}</div>"
    assert own_words(text, page, command_like=begins_a_request) == OwnWords(("Hello,", whole, other))


@pytest.mark.parametrize(
    "text",
    [f"{GIVEN} and is free\nsince the end of May\nCLOSE JAR-2026-099", f"{GIVEN} and is free\nuntil the end of May"],
    ids=["other words", "one request less"],
)
def test_a_broken_request_that_does_not_come_together_as_on_the_page_is_asked_about(text: str) -> None:
    page = f"<div>{GIVEN} and is free until the end of May</div><div>CLOSE JAR-2026-099</div>"
    assert own_words(text, page, command_like=begins_a_request).doubt


def begins_a_request(line: str) -> bool:
    return line.startswith(("ASSIGN ", "CLOSE "))
