"""What must hold of any bytes that come as a mail, from the first byte to what it is understood to want.

Each rule is a short function over one message, read; `check` holds all of them, and says by an AssertionError which one broke.
Never looks at a clock: how long the reading took is for the caller to measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core import trust
from bot.core.intent import MOST_COMMANDS, Command, Vocabulary, read_line, understand
from bot.core.mail import Arrival, DeliveryReport, domain_of
from bot.core.parsing import Caps, read
from bot.core.trust.dkim_check import own_dkim
from bot.core.words import OwnWords, clean, fold, own_words
from bot.core.words.folding import compact
from bot.core.words.markup import shown
from bot.office.tongues import command_words

DESK = "cases@bot.ngo.example"
MEMBER = "alice@lawfirm.example"
AUTHSERV = "mx.ngo.example"
KEYS = (b"a key that only these tests know",)
WORDS = Vocabulary(command_words(), "JUS")
MARKER = "##- この行より上に返信してください / Please type your reply above this line -##"
LETTER = (
    "Dear Alice Arden,",
    "JUS-2026-042  Appeal against a refusal of refugee status, Tokyo, deadline 20 November 2026",
    "JUS-2026-043  収容、名古屋、期限 11月20日",
    "To take a case on, answer with the word CLAIM and its number, for instance CLAIM JUS-2026-042 in the first line.",
    "案件の受任をご希望の方は、このメールに「受任」と案件番号をお書きのうえご返信ください。",
)
PLANTED = "CLAIM JUS-2099-777777"
"""A command that no seed holds, so that wherever it is found it comes from where it was put."""

_KEY_RECORD = b"v=DKIM1; k=rsa; p=" + b"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC" + b"A" * 176 + b"IDAQAB"
_CAPS = Caps()
_NOT_STORED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffd\ud800-\udfff]")
_NOT_IN_A_FIELD = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_ID = re.compile(r"<[\x21-\x3b=\x3f-\x7e]{1,500}>")


def check(raw: bytes) -> None:
    """Reads the message as the daemon does, and holds every rule."""
    found = read(raw, own_address=DESK)
    assert found == read(raw, own_address=DESK), "two readings differ"
    _fields_are_bounded(found)
    _nothing_unfit_is_stored(found)
    if found.report:
        _a_report_is_bounded(found.report)
    for quoted in ((), LETTER):
        own = own_words(found.text, found.html, quoted=quoted, marker=MARKER)
        _own_words_stand_in_the_message(own, found)
        assert own == own_words(found.text, found.html, quoted=quoted, marker=MARKER), "own words differ between two readings"
    _what_is_quoted_never_acts(found)
    _intent_is_bounded(found)
    _proof_needs_a_reason(found)
    own = own_dkim(raw, from_domain=domain_of(found.sender), lookup=lambda name: _KEY_RECORD)
    assert own.verdict == "none", "a signature is good although nobody has its key"


def _fields_are_bounded(found: Arrival) -> None:
    assert len(found.subject) <= _CAPS.subject_characters
    assert len(found.sender) <= 254 and len(found.sender_name) <= 200 and len(found.message_id) <= 250
    assert len(found.answers) <= _CAPS.references and len(found.attachments) <= _CAPS.parts
    assert len(found.headers) <= _CAPS.fields + 1
    assert all(len(name) <= 100 and len(value) <= 65_536 for name, value in found.headers)
    assert all(len(item.name) <= 200 and len(item.media_type) <= 100 for item in found.attachments)
    assert len(found.text) + len(found.html) <= 2 * _CAPS.parts * _CAPS.body_bytes


def _nothing_unfit_is_stored(found: Arrival) -> None:
    shown = [found.text, found.html, found.subject, found.sender_name, found.machine, *found.defects]
    shown += [text for item in found.attachments for text in (item.name, item.media_type)]
    for text in shown:
        assert not _NOT_STORED.search(text), f"unfit to be stored: {_NOT_STORED.search(text)!r}"
        assert clean(text) == text
    for text in (found.subject, found.sender_name, *(item.name for item in found.attachments)):
        assert "\n" not in text and "\t" not in text, "a line break in a one-line field"
    for name, value in found.headers:
        assert not _NOT_IN_A_FIELD.search(name + value), f"unfit for a header: {name}"
    for one in (*found.answers, *([found.message_id] if found.message_id else [])):
        assert _ID.fullmatch(one), f"no message id: {one!r}"


def _a_report_is_bounded(report: DeliveryReport) -> None:
    assert report.action in ("failed", "delayed", "delivered", "relayed", "expanded")
    assert not report.status or re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", report.status, re.ASCII)
    assert len(report.recipients) <= 20 and len(report.message_ids) <= 20
    for text in (*report.recipients, *report.message_ids):
        assert len(text) <= 500 and not _NOT_STORED.search(text) and not re.search(r"\s", text), f"unfit in a report: {text!r}"


def _own_words_stand_in_the_message(own: OwnWords, found: Arrival) -> None:
    """Each own line is a line of the text or of the page as shown; only a line that our marker cuts may be a piece of one."""
    lines = {line.rstrip() for line in [*re.split(r"\r\n|\n|\r", found.text), *shown(found.html).lines]}
    for number, line in enumerate(own.lines):
        is_last = number == len(own.lines) - 1
        assert line in lines or (is_last and any(whole.startswith(line) for whole in lines)), f"nobody wrote this line: {line!r}"


def _what_is_quoted_never_acts(found: Arrival) -> None:
    """Whatever a message holds, a command put below it as a quotation, a signature or under our marker is not the sender's."""
    if compact(PLANTED) in compact(found.text):
        return
    text = found.text.replace("\r", "\n")
    for below in (f"> {PLANTED}", f"＞{PLANTED}", f"{MARKER}\n{PLANTED}", f"> {MARKER}\n{PLANTED}", f"-- \n{PLANTED}"):
        own = own_words(f"{text}\n\n{below}\n", "", marker=MARKER)
        assert own.doubt or not _holds(own, PLANTED), f"acts although it stands below as {below!r}"
    marked = "\n".join(f"> {line}" for line in text.split("\n"))
    assert not own_words(marked, "").lines, "a line is own although it is marked as quotation"


def _holds(own: OwnWords, command: str) -> bool:
    return compact(command) in [compact(line) for line in own.lines]


def _intent_is_bounded(found: Arrival) -> None:
    intent = understand(found.text, found.html, WORDS, subject=trust.without_codes(found.subject), quoted=LETTER, marker=MARKER)
    assert len(intent.commands) <= MOST_COMMANDS and intent.dropped >= 0
    assert bool(intent.dropped) <= (len(intent.commands) == MOST_COMMANDS)
    assert intent.intake in ("", "new_case", "emergency")
    assert len(intent.named) <= MOST_COMMANDS and len(intent.numbers) <= MOST_COMMANDS
    for one in intent.named:
        assert re.fullmatch(r"JUS-\d{4}-\d{3,6}", one, re.ASCII), f"no case id: {one!r}"
    _commands_say_what_they_are(intent.commands)


def _commands_say_what_they_are(commands: Sequence[Command]) -> None:
    for command in commands:
        assert command.verb in WORDS.words and len(command.said) <= 500 and "\n" not in command.said
        assert command.case_id is None or re.fullmatch(r"JUS-\d{4}-\d{3,6}", command.case_id, re.ASCII)
        assert command in read_line(fold(command.said), WORDS), f"reads otherwise when it is quoted back: {command.said!r}"


def _proof_needs_a_reason(found: Arrival) -> None:
    proof = trust.weigh(found, addresses=(MEMBER,), keys=KEYS, authserv_id=AUTHSERV, border_received="")
    assert proof.reason and not _NOT_STORED.search(proof.reason)
    assert proof.is_proven or not proof.codes
    assert not proof.is_proven or found.sender == MEMBER
