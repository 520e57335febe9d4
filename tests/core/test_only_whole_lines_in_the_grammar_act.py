"""A line acts if all of it is a command; a question, a wish, a negation or a condition never does."""

from __future__ import annotations

import pytest

from bot.core.case_ids import case_id
from bot.core.intent import Vocabulary, bare_subject, read_line, understand
from bot.office.tongues import command_words

WORDS = Vocabulary(command_words(), "JUS")


def said(line: str) -> list[str]:
    return [command.said for command in read_line(line, WORDS)]


@pytest.mark.parametrize(
    "line",
    [
        "CLAIM JUS-2026-042",
        "claim jus-2026-042.",
        "  Claim   JUS-2026-42 ",
        "CLAIM 2026-042",
        "CLAIM JUS2026-042",
        "ＣＬＡＩＭ　ＪＵＳ－２０２６－０４２",
        "CLAIM JUS‐２０２６‐０４２",
        "受任 JUS-2026-042",
        "受任　ＪＵＳー２０２６ー０４２。",
        "受任JUS-2026-042",
        "担当 2026-42",
        "CLAIM\u200b JUS\u22122026\u2013042",
    ],
)
def test_a_claim_is_read_in_any_case_width_and_dash(line: str) -> None:
    assert [(command.verb, command.case_id) for command in read_line(line, WORDS)] == [("claim", "JUS-2026-042")]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("担当 2026-42。", "担当 JUS-2026-042"),
        ("ｃｌａｉｍ 2026-42", "CLAIM JUS-2026-042"),
        ("割り当て 2026-42 ito@lawfirm.example 理由：希望", "割り当て JUS-2026-042 ito@lawfirm.example"),
        ("受任 2026-42 代理 森 大輔", "受任 JUS-2026-042 代理 森 大輔"),
        ("ROUND  HOLD", "ROUND HOLD"),
    ],
)
def test_an_answer_names_a_command_by_the_word_that_the_sender_used(line: str, named: str) -> None:
    assert said(line) == [named]


def test_the_same_command_in_two_languages_is_one() -> None:
    assert len(understand("CLAIM 2026-42\n受任 2026-42", "", WORDS, subject="").commands) == 1


@pytest.mark.parametrize(
    "line",
    [
        "I do NOT want to CLAIM JUS-2026-042",
        "Can I CLAIM JUS-2026-042?",
        "CLAIM JUS-2026-042?",
        "CLAIM JUS-2026-042？",
        "CLAIM JUS-2026-042 if Bob does not",
        "Please CLAIM JUS-2026-042",
        "CLAIM",
        "CLAIM JUЅ-2026-042",
        "CLAIM XJUS-2026-042",
        "CLAIM JUS-2026-042-1",
        "CLAIM JUS-2026-0042",
        "CLAIM JUS-2026-042'; DROP TABLE awards;--",
        "CLAIM JUS-2026-042%",
        "CLAIMJUS-2026-042",
        "> CLAIM JUS-2026-042",
        "受任します JUS-2026-042",
        "YES please",
        "HELP me",
        "LIST of cases",
        "PAUSE for breath",
    ],
)
def test_I_18_nothing_else_acts(line: str) -> None:
    assert said(line) == []


def test_I_18_several_ids_on_one_line_are_several_claims_in_the_written_order() -> None:
    assert said("CLAIM JUS-2026-042 2026-7, JUS-2026-043") == ["CLAIM JUS-2026-042", "CLAIM JUS-2026-007", "CLAIM JUS-2026-043"]


def test_the_longest_japanese_word_wins() -> None:
    assert [command.verb for command in read_line("利益相反なし JUS-2026-042", WORDS)] == ["clear"]
    assert [command.verb for command in read_line("利益相反あり JUS-2026-042", WORDS)] == ["conflict"]


@pytest.mark.parametrize("token", ["JUS-2026-0420", "JUS-2026-1042"])
def test_I_22_a_longer_number_is_never_this_case(token: str) -> None:
    assert case_id(token, "JUS") != "JUS-2026-042"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: CLAIM JUS-2026-042",
        "RE: Fwd: CLAIM JUS-2026-042",
        "返信: CLAIM JUS-2026-042",
        "[EXT] Re[2]: CLAIM JUS-2026-042",
        "答复：CLAIM JUS-2026-042",
    ],
)
def test_marks_of_replies_and_gateways_are_taken_off_the_subject(subject: str) -> None:
    assert bare_subject(subject) == "CLAIM JUS-2026-042"


def test_words_with_arguments_take_only_arguments_that_make_sense() -> None:
    assert said("PAUSE UNTIL 2026-12-20") == ["PAUSE UNTIL 2026-12-20"]
    assert said("休止。") == ["休止"]
    assert said("LANGUAGE ja") == ["LANGUAGE ja"]
    assert said("LANGUAGE barrier") == []
    assert said("SEND it soon") == []


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("1月10日まで休止します", "1月10日"),
        ("２０２７年一月十日（日）まで、しばらく休止いたします。", "2027年一月十日(日)"),
        ("来年の1/10まで案内を休止したいです", "来年の1/10"),
        ("1月10日 17時まで休止", "1月10日 17時"),
        ("来月末まで休止します", "来月末"),
        ("三月末まで休止します", "三月末"),
        ("来週の金曜日まで休止します", "来週の金曜日"),
    ],
)
def test_a_pause_may_be_put_behind_its_day(line: str, until: str) -> None:
    assert said(line) == [f"休止 {until}まで"]


@pytest.mark.parametrize(
    "line",
    [
        "十分に回復するまで休止します",
        "もう一度ご連絡するまで休止します",
        "職員が一致するまで休止します",
        "裁判所は1月10日まで休止します",
        "依頼者の手続は来月末まで休止します",
        "来週から1月10日まで休止します",
        "再開とお書きになるまで休止します",
        "月まで休止します",
        "1月10日まで裁判所は休止します",
    ],
)
def test_what_tells_of_more_than_a_day_is_no_pause(line: str) -> None:
    assert said(line) == []


def test_M_21_of_ten_thousand_commands_twenty_are_read_and_the_rest_is_counted() -> None:
    found = understand("".join(f"CLAIM JUS-2026-{number:03d}\n" for number in range(10_000)), "", WORDS, subject="")
    assert (len(found.commands), found.dropped, len(found.named)) == (20, 9_980, 20)
