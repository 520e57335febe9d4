"""The lines above a quotation, as mail programs of many languages write them, never let the unmarked quotation under them act."""

from __future__ import annotations

import pytest

from bot.core.words import own_words
from tests.core.quoting import ATTRIBUTIONS, HEADERS, RULES

CLAIM = "CLAIM JAR-2026-014"
OTHER = "CLAIM JAR-2026-099"


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_an_attribution_begins_an_unmarked_quotation(attribution: str) -> None:
    found = own_words(f"{CLAIM}\n\n{attribution}\n\n{OTHER}\nmore", "")
    assert (found.lines, found.doubt) == ((CLAIM,), "")


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_below_a_marked_quotation_the_sender_is_still_heard(attribution: str) -> None:
    found = own_words(f"{attribution}\n> {OTHER}\n> more\n\n{CLAIM}\n", "")
    assert (found.lines, found.doubt) == ((CLAIM,), "")


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_an_attribution_takes_no_own_line_with_it(attribution: str) -> None:
    assert own_words(f"{CLAIM}\n{attribution}\n> {OTHER}", "").lines == (CLAIM,)


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_quoted_header_begins_an_unmarked_quotation(header: str) -> None:
    found = own_words(f"{CLAIM}\n\n{header}\n\n{OTHER}", "")
    assert (found.lines, found.doubt) == ((CLAIM,), "")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_with_words_begins_an_unmarked_quotation(rule: str) -> None:
    assert own_words(f"{CLAIM}\n\n{rule}\n{OTHER}", "").lines == (CLAIM,)


@pytest.mark.parametrize(
    "line",
    [
        "As Sato wrote:", "On Monday I can take JAR-2026-014.", "To: the desk", "Subject: asylum", "I wrote to them on 2026-11-02",
        "件名: 面談", "明日 9:00 に行きます。",
        "Le client est libre lundi.", "2026年11月2日に面談できます。", "Please call Mori <mori@example.com>.",
    ],
)  # fmt: skip
def test_a_sentence_of_ones_own_is_no_attribution(line: str) -> None:
    assert own_words(f"{line}\n\n{CLAIM}", "").lines == (line, "", CLAIM)
