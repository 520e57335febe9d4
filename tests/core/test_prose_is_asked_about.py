"""Prose never acts; where it means one open case, by its id or by its bare number, the sender can be asked about that very case."""

from __future__ import annotations

import pytest

from bot.core.intent import Intent, Vocabulary, understand
from bot.office.tongues import command_words
from tests.core.mails import mail

WORDS = Vocabulary(command_words(), "JUS")


def read(text: str, *, words: Vocabulary = WORDS) -> Intent:
    return understand(mail("Content-Type: text/plain; charset=utf-8", body=text).text, "", words, subject="")


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to take 14.", "I would be glad to accept case 14", "Happy to take no. 14!", "Is #14 still free?", "I can do case number 014.",
        "014 please", "Taking JUS 014, thanks", "Could I take case #14?", "14番を担当したいです。", "第14号案件を受任できます。", "案件14を希望します。", "案件番号：１４",
        "14号の件、お引き受けします。", "０１４でお願いします。", "受任 14", "受任１４。", "担当 14", "担当14です", "CLAIM 14",
    ],
)  # fmt: skip
def test_a_bare_number_that_speaks_of_a_case_is_known(text: str) -> None:
    assert (read(text).commands, read(text).numbers) == ((), (14,))


@pytest.mark.parametrize(
    "text",
    [
        "I am away until 14 November.", "on 14/11", "at 14:30", "14", "I take 14 days of leave", "I could take 2 cases", "call 03-1234-5014", "14%",
        "11月14日まで不在です。", "14時に伺います。", "14件まで受けられます。", "担当14件まで", "受任 14名", "14号室", "1丁目14番地", "no 14.5", "room 14", "2026-11-014x",
    ],
)  # fmt: skip
def test_a_date_a_time_or_an_amount_means_no_case(text: str) -> None:
    assert (read(text).commands, read(text).numbers) == ((), ())


PROSE = [
    "I do not CLAIM {}", "I can't claim {}", "Not {}, please", "Please do not give me {}", "No claim for {}", "CLAIM not {}", "CLAIM {} not", "CLAIM {}, but only if Bob does not",
    "CLAIM {} if it is still free", "CLAIM {} unless Bob wants it", "If nobody else can: CLAIM {}", "May I CLAIM {}?", "CLAIM {}?", "CLAIM {} ？", "CLAIM {} (?)",
    "Would CLAIM {} be possible", "CLAIM {} or {}", "CLAIM {} maybe", "CLAIM {} tomorrow", "CLAIM {} and CLAIM {}", "I want to CLAIM {}", "unCLAIM {}", "CLAIMED {}",
    "受任しません {}", "受任できません {}", "{} を受任しません", "受任 {} できません", "受任 {} しない", "{} は受任できますか", "受任 {} でしょうか", "受任 {} か", "受任 {}？", "受任 {} ?",
    "もし空いていれば受任 {}", "受任 {} （空いていれば）", "受任 {} の場合", "受任予定 {}", "受任希望 {}", "受任不可 {}", "非受任 {}", "担当外 {}", "担当 {} は無理です", "受任 {} または {}", "辞退しません {}",
]  # fmt: skip


@pytest.mark.parametrize("prose", PROSE)
def test_a_negation_a_question_or_a_condition_never_acts_and_its_case_is_known(prose: str) -> None:
    found = read(prose.replace("{}", "JUS-2026-042", 1).replace("{}", "JUS-2026-043"))
    assert found.commands == ()
    assert found.named[0] == "JUS-2026-042"


@pytest.mark.parametrize("word", ["引き受けます", "Ich übernehme", "Je prends", "TAKE", "맡겠습니다", "ＴＡＫＥ"])
def test_an_organisations_own_words_are_read_as_ours_are(word: str) -> None:
    own = Vocabulary({**WORDS.words, "claim": (*WORDS.words["claim"], word)}, "JUS")
    for written in (f"{word} JUS-2026-042", f"{word.upper()}　ＪＵＳー２０２６ー０４２。", f"  {word.lower()}  2026-42"):
        assert [(command.verb, command.case_id) for command in read(written, words=own).commands] == [("claim", "JUS-2026-042")]
    assert read(f"> {word} JUS-2026-042", words=own).commands == ()
    assert read(f"{word} JUS-2026-042?", words=own).commands == ()
    assert read(f"{word} JUS-2026-042").commands == ()
