"""Over every real mail: nothing stops the parser, machines are known from people, and quoted commands never act."""

from __future__ import annotations

import re
import time

import pytest

from bot.core.parsing import Caps
from bot.core.words import own_words
from tests.mail.corpus import Real, needs_mails, reals
from tests.mail.measures import PLANTED, TOP, acts, is_exact, planted_after_marks, tail_of

pytestmark = needs_mails

PRECEDENCE = "a list's mail that says Precedence: bulk or list, which is a machine to us (RFC 3834 2, and ATTACKS L-03)"
EXCEPTIONS = {
    "tmail/test/fixtures/raw_base64_email": PRECEDENCE,
    "webklex/tests/messages/1366671050@github.com.eml": PRECEDENCE,
    "spamassassin_t/t/data/nice/002": PRECEDENCE,
    "spamassassin_t/t/data/nice/base64.txt": PRECEDENCE,
    "cpython/msg_33.txt": PRECEDENCE,
    "cpython/msg_32.txt": PRECEDENCE,
    "mailcore2/unittest/data/parser/input/mbox/jwz/22": "carries Return-Path: <>, as only reports do",
    "spamassassin_t/t.rules/BOUNCE_MESSAGE/10_001.eml": "a weblog's announcement; filed under bounces by its folder only",
    "flufl/groupwise_03.txt": "a person's order; filed under bounces because its library must find no bounce in it",
    "generated_autoreply/vacation-claim.eml": "no From, no automatic header, no telling Subject: goes to a person for want of a sender",
}
"""Messages that we class otherwise than the index, each with its reason; at most one in a hundred."""

ALL = reals()
MACHINES = [real for real in ALL if real.of_class in ("bounce", "auto_reply", "complaint")]
REPLIES = [real for real in ALL if real.of_class == "reply"]


def told(reals_of_a_class: list[Real], *, as_machine: bool) -> list[str]:
    """The paths of those that are not classed as they should be, exceptions left out."""
    return [real.path for real in reals_of_a_class if bool(real.arrival().machine) != as_machine and real.path not in EXCEPTIONS]


def test_no_real_mail_stops_the_parser_or_takes_long() -> None:
    for real in ALL:
        started = time.process_time()
        found = real.arrival()
        own_words(found.text, found.html)
        assert time.process_time() - started < 2, real.path
        assert len(found.text) <= Caps().body_bytes * 2 and len(found.answers) <= Caps().references, real.path
        assert "\ufffd" not in found.text + found.html + found.subject + found.sender_name, real.path


def test_every_machine_is_recognised() -> None:
    assert told(MACHINES, as_machine=True) == []


def test_no_reply_of_a_person_is_taken_for_a_machine() -> None:
    assert told(REPLIES, as_machine=False) == []


def test_the_exceptions_are_at_most_one_in_a_hundred() -> None:
    assert len(EXCEPTIONS) <= len(ALL) / 100


def test_a_bounces_recipients_are_found() -> None:
    bounces = [real for real in ALL if real.of_class == "bounce" and real.expected_recipients]
    found = [
        real
        for real in bounces
        if (report := real.arrival().report) and {address.lower() for address in real.expected_recipients} & set(report.recipients)
    ]
    assert len(found) >= len(bounces) * 0.98


def bodies() -> list[tuple[Real, str]]:
    return [(real, text) for real in REPLIES if (text := real.arrival().text).strip()]


def test_a_command_on_top_of_every_reply_is_found() -> None:
    assert [real.path for real, text in bodies() if not acts(own_words(f"{TOP}\n{text}", ""), TOP)] == []


@pytest.mark.parametrize(
    "signature", ["-- \nTaro", "--\nTaro", "________________________________\nFrom: Taro <t@x.example>\nSent: Monday, 2 November 2026"]
)
def test_a_command_in_the_signature_of_a_reply_never_acts(signature: str) -> None:
    assert [real.path for real, text in bodies() if acts(own_words(f"{text.rstrip()}\n{signature}\n{PLANTED}\n", ""), PLANTED)] == []


def test_a_command_in_a_marked_quotation_never_acts() -> None:
    assert [real.path for real, text in bodies() for changed in planted_after_marks(text) if acts(own_words(changed, ""), PLANTED)] == []


def test_a_command_at_the_end_of_an_unmarked_quotation_never_acts() -> None:
    quoting = [(real, text) for real, text in bodies() if tail_of(real, text)]
    assert len(quoting) > 50
    assert [real.path for real, text in quoting if acts(own_words(f"{text.rstrip()}\n{PLANTED}\n", ""), PLANTED)] == []


def test_a_command_in_an_html_quotation_never_acts() -> None:
    pages = [(real, page) for real in REPLIES if "<blockquote" in (page := real.arrival().html)]
    changed = [(real, re.sub(r"(<blockquote[^>]*>)", rf"\1<div>{PLANTED}</div>", page)) for real, page in pages]
    assert pages and [real.path for real, page in changed if acts(own_words("", page), PLANTED)] == []


def test_own_words_are_those_that_are_known_but_for_a_signature() -> None:
    known = [real for real in REPLIES if real.expected_reply.strip()]
    assert sum(is_exact(real, with_signature=False) for real in known) >= len(known) * 0.95
