"""An entry of the decision log has one canonical text, and comes back from it the same; no changed byte goes unnoticed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chain import Fault, Links
from bot.core.mail import Stamp
from bot.core.model import CaseFacts, ClaimFacts, ClaimState, Head, Lifecycle, LogEntry
from bot.core.model.log import BEGINS, by_whom, coded, reference
from bot.core.model.log_text import digest, read_entry, text_of

words = st.text(max_size=12)
refs = st.text("0123456789abcdef", min_size=32, max_size=32)
moments = st.datetimes(timezones=st.just(UTC))
cases = st.builds(CaseFacts, st.sampled_from(Lifecycle), st.integers(1, 9), st.booleans(), st.none() | moments, st.integers(0, 3))
stamps = st.builds(Stamp, words, st.integers(0), st.integers(0), moments, st.integers(0, 1))
claims = st.builds(
    ClaimFacts, st.integers(1), refs, stamps, refs, words, st.sampled_from(ClaimState), words, st.none() | st.integers(1, 9), st.booleans(),
    st.none() | moments,
)  # fmt: skip
entries = st.builds(
    LogEntry, st.integers(1), refs, moments, words.filter(bool), st.none() | words.filter(bool), st.none() | cases,
    st.lists(claims, max_size=3).map(tuple), st.none() | st.dictionaries(words, refs, min_size=1), st.dictionaries(st.integers(1, 9), refs),
    st.lists(refs).map(tuple), refs, st.booleans(), st.dictionaries(words, st.integers(1)),
)  # fmt: skip


@given(entries)
def test_an_entry_comes_back_from_its_text(entry: LogEntry) -> None:
    assert read_entry(text_of(entry)) == entry
    assert text_of(read_entry(text_of(entry))) == text_of(entry)


@given(st.data())
def test_F_23_any_changed_byte_of_any_entry_is_found(data: st.DataObject) -> None:
    texts, head = [], Head(0, "")
    for number, kind in enumerate((BEGINS, "published", "closed"), 1):
        entry = LogEntry(number, head.digest, datetime(2026, 11, 1, tzinfo=UTC), kind, None if kind == BEGINS else "JAR-2026-001")
        texts.append(text_of(entry))
        head = Head(number, digest(texts[-1]))
    spoilt = data.draw(st.integers(0, 2))
    at = data.draw(st.integers(0, len(texts[spoilt]) - 1))
    sign = data.draw(st.characters(codec="ascii").filter(lambda one: one != texts[spoilt][at]))
    links = Links()
    for number, content in enumerate(texts, 1):
        written = digest(content)
        changed = content[:at] + sign + content[at + 1 :] if number == spoilt + 1 else content
        case_id = json.loads(content).get("case")
        taken = links.take(number, case_id, changed, written)
        assert isinstance(taken, Fault) == (number == spoilt + 1)
        if isinstance(taken, Fault):
            assert taken.number == number
            return


@pytest.mark.parametrize("text", ["", "null", "[]", '"x"', "{}", '{"n":1}', '{"n":1,"utc":"x","kind":"y","rule":1}'])
def test_what_is_no_entry_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError):
        read_entry(text)


def test_a_reference_needs_the_salt_and_a_reason_loses_whose_word_it_was() -> None:
    assert reference(b"a" * 16, "7") == reference(b"a" * 16, "7") != reference(b"b" * 16, "7")
    assert reference(None, "7") == ""
    assert (coded("assigned by sato@ngo.example"), by_whom("assigned by sato@ngo.example")) == ("assigned by", "sato@ngo.example")
    assert (coded("misfit capacity gender"), by_whom("first")) == ("misfit capacity gender", "")
