"""A claim is found however a client writes it, and a quoted one never acts, whatever the client."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.intent import Vocabulary, understand
from bot.core.words import fold, own_words
from bot.core.words.folding import compact
from bot.office.tongues import command_words
from tests.core.clients import LETTER, Written, answers, commands, named_files, subjects
from tests.core.mails import parsed

WORDS = Vocabulary(command_words(), "JAR")


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


@settings(max_examples=200, deadline=None)
@given(commands("014").flatmap(subjects))
def test_a_claim_in_the_subject_is_found_however_it_is_coded(subject: bytes) -> None:
    found = parsed(b"From: taro@example.com\r\nSubject: " + subject + b"\r\n\r\n")
    commands = understand(found.text, found.html, WORDS, subject=found.subject).commands
    assert [(command.verb, command.case_id) for command in commands] == [("claim", "JAR-2026-014")]


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(("受任 JAR-2026-099.pdf", "髙橋①㈱ JAR-2026-099.pdf", "CLAIM JAR-2026-099")).flatmap(
        lambda name: st.tuples(st.just(name), named_files(name))
    )
)
def test_the_name_of_a_file_is_read_and_never_acts(named: tuple[str, bytes]) -> None:
    name, part = named
    head = b'From: taro@example.com\r\nContent-Type: multipart/mixed; boundary="b0"\r\n\r\n'
    found = parsed(head + b"--b0\r\n\r\nthank you\r\n--b0\r\n" + part + b"x\r\n--b0--\r\n")
    assert [item.name for item in found.attachments] == [name]
    intent = understand(found.text, found.html, WORDS, subject=found.subject)
    assert (intent.commands, intent.doubt) == ((), "")
