"""A claim is found however a client writes it, and a quoted one never acts, whatever the client."""

from __future__ import annotations

from hypothesis import given, settings

from bot.core.words import fold, own_words
from bot.core.words.folding import compact
from tests.core.clients import LETTER, Written, answers
from tests.core.mails import parsed


@settings(max_examples=300, deadline=None)
@given(answers())
def test_the_senders_claim_is_found_and_the_quoted_one_is_not(mail: Written) -> None:
    found = parsed(mail.raw)
    own = own_words(found.text, found.html)
    assert fold(mail.own).split() in [fold(line).split() for line in own.lines]
    assert compact(mail.quoted) not in [compact(line) for line in own.lines]
    assert own.doubt == ""


@settings(max_examples=300, deadline=None)
@given(answers(has_own=False))
def test_a_quoted_claim_alone_never_acts(mail: Written) -> None:
    found = parsed(mail.raw)
    for known in ((), LETTER):
        own = own_words(found.text, found.html, quoted=known)
        assert own.doubt or compact(mail.quoted) not in [compact(line) for line in own.lines]


@settings(max_examples=150, deadline=None)
@given(answers())
def test_knowing_the_letter_loses_no_claim(mail: Written) -> None:
    found = parsed(mail.raw)
    own = own_words(found.text, found.html, quoted=LETTER)
    assert own.doubt or fold(mail.own).split() in [fold(line).split() for line in own.lines]
