"""I-17 and the last look at outgoing bytes: what is not exactly one letter to one reader stays, is seen, and keeps nothing else back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from bot import outbox
from bot.core.mail import canonical
from bot.outbox import Tally
from bot.shell.ledger.outbox import letter_place
from bot.shell.ledger.seal import Seal
from bot.shell.tables import LetterRow, RawLetterRow
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.servers.smtp_sink import Received, SmtpSink


@pytest.fixture
def desk(tmp_path: Path, sink: SmtpSink) -> Desk:
    """The desk, with a wire to a real SMTP server."""
    return Desk.open(tmp_path, **{"[smtp]": f'[smtp]\nport = {sink.port}\nsecurity = "none"'})


def sends(desk: Desk) -> Tally:
    """One pass over the outbox."""

    async def pass_over() -> Tally:
        using = outbox.senders(desk.office)
        try:
            return await outbox.drain(desk.office, using)
        finally:
            await using.close()

    return asyncio.run(pass_over())


def states(desk: Desk) -> dict[str, str]:
    """The last letter of each kind and reader, with its state."""
    with desk.office.ledger.reading() as ledger:
        return {f"{letter.kind} to {letter.to}": letter.state for letter in ledger.outbox.all()}


def spoil(desk: Desk, reader: str, change: Callable[[bytes], bytes]) -> None:
    """As if a fault of ours, or somebody at the database, had changed the bytes of a letter that is owed."""
    with desk.office.ledger.writing() as ledger:
        row = ledger.session.exec(select(LetterRow).where(LetterRow.to_address == reader, LetterRow.state == "queued")).one()
        seal, place = Seal(ledger.session, desk.office.ledger.keys), letter_place(row.code)
        raw = ledger.session.get_one(RawLetterRow, row.id)
        raw.content = seal.close(change(seal.open(raw.content, where=place)), where=place)


def field(line: bytes) -> Callable[[bytes], bytes]:
    return lambda content: line + b"\r\n" + content


def within(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


UNFIT: dict[str, Callable[[bytes], bytes]] = {
    "Bcc": field(b"Bcc: m@e.example"),
    "bcc, small": field(b"bcc: m@e.example"),
    "Cc": field(b"Cc: m@e.example"),
    "Resent-To": field(b"Resent-To: m@e.example"),
    "Reply-To": field(b"Reply-To: m@e.example"),
    "Sender": field(b"Sender: m@e.example"),
    "Return-Receipt-To": field(b"Return-Receipt-To: m@e.example"),
    "Disposition-Notification-To": field(b"Disposition-Notification-To: m@e.example"),
    "an unknown field": field(b"X-Original-To: m@e.example"),
    "second To": field(b"To: m@e.example"),
    "second To, small": field(b"to: m@e.example"),
    "second From": field(b"From: m@e.example"),
    "another reader": within(b"<" + ALICE.encode() + b">", b"<m@e.example>"),
    "two readers in To": within(b"<" + ALICE.encode() + b">", b"<" + ALICE.encode() + b">, <m@e.example>"),
    "folded second reader": within(b"<" + ALICE.encode() + b">", b"<m@e.example>,\r\n <" + ALICE.encode() + b">"),
    "bare LF in Subject": within(b"Subject: ", b"Subject: x\nBcc: m@e.example\r\nX: "),
    "bare CR in Subject": within(b"Subject: ", b"Subject: x\rBcc: m@e.example "),
    "bare LF and a dot": within(b"\r\n\r\n", b"\r\n\r\nx\n.\nMAIL FROM:<e@e>\n"),
    "bare CR and a dot": within(b"\r\n\r\n", b"\r\n\r\nx\r.\r"),
    "8-bit in Subject": within(b"Subject: ", "Subject: 案件".encode()),
    "8-bit in the text": within(b"\r\n\r\n", b"\r\n\r\n\xe6\xa1\x88"),
    "NUL in Subject": within(b"Subject: ", b"Subject: \0"),
    "NUL in the text": within(b"\r\n\r\n", b"\r\n\r\n\0"),
    "a line of 999": within(b"\r\n\r\n", b"\r\n\r\n" + b"x" * 999 + b"\r\n"),
    "Subject of 999": within(b"Subject: ", b"Subject: " + b"x" * 999),
    "an empty header line": within(b"Subject: ", b"\r\nSubject: "),
    "a line that is no field": within(b"Subject: ", b"MAIL FROM:<e@e>\r\nSubject: "),
    "no Message-ID": within(b"Message-ID: ", b"X-ID: "),
    "nothing at all": lambda content: b"",
}


@pytest.mark.parametrize("change", UNFIT.values(), ids=UNFIT)
def test_an_unfit_letter_stays_is_seen_and_keeps_no_other_back(desk: Desk, sink: SmtpSink, change: Callable[[bytes], bytes]) -> None:
    desk.case()
    desk.sends_the_round()
    spoil(desk, ALICE, change)
    tally = sends(desk)
    assert (tally.sent, tally.failed, tally.halt) == (4, 1, "")
    assert states(desk) == {
        f"round to {ALICE}": "failed",
        f"round to {BOB}": "sent",
        f"round to {CHIKA}": "sent",
        f"undeliverable to {SATO}": "sent",
        f"undeliverable to {SUZUKI}": "sent",
    }
    assert readers(sink) == [BOB, CHIKA, SATO, SUZUKI]
    assert "stopped by our own last check" in told(sink.to(SUZUKI)[0]) and ALICE in told(sink.to(SUZUKI)[0])
    assert sends(desk) == Tally(), "it is not tried again"


def readers(sink: SmtpSink) -> list[str]:
    """Who was sent a letter, one each."""
    return sorted(canonical(recipient) for letter in sink.letters for recipient in letter.rcpt)


def told(letter: Received) -> str:
    part = letter.message.get_body(("plain",))
    assert part is not None
    return " ".join(str(part.get_content()).split())


def test_an_unfit_letter_about_a_letter_ends_there(desk: Desk, sink: SmtpSink) -> None:
    desk.case()
    desk.sends_the_round()
    spoil(desk, ALICE, field(b"Bcc: m@e.example"))
    sink.script.refuse("RCPT", reply="451 later", to=SATO, times=1)
    sends(desk)
    spoil(desk, SATO, field(b"Bcc: m@e.example"))
    desk.passes(hours=1)
    assert sends(desk).failed == 1 and states(desk)[f"undeliverable to {SATO}"] == "failed"
    assert sends(desk) == Tally() and len(states(desk)) == 5


@pytest.mark.parametrize("address", ["a b@lawfirm.example", "案@lawfirm.example", "x@lawfirm.example>\r\nBcc: <m@e.example", "nobody"])
def test_an_address_that_no_header_can_hold_fails_alone_and_the_round_goes_out(desk: Desk, sink: SmtpSink, address: str) -> None:
    """No import lets one in; should one be on file all the same, it must not keep everybody else's letter back."""
    desk.joins(address, name="Nobody")
    desk.case()
    desk.sends_the_round()
    assert states(desk)[f"round to {address}"] == "failed"
    sends(desk)
    assert readers(sink) == [ALICE, BOB, CHIKA, SATO, SUZUKI]
    assert "an address cannot be written in a header" in told(sink.to(SUZUKI)[0])


SMUGGLED = {
    "CR LF dot CR LF": "a\r\n.\r\nMAIL FROM:<e@e>\r\nRCPT TO:<m@e.example>\r\nDATA\r\n",
    "LF dot LF": "a\n.\nMAIL FROM:<e@e>\n",
    "CR dot CR": "a\r.\rMAIL FROM:<e@e>\r",
    "LF dot CR LF": "a\n.\r\nMAIL FROM:<e@e>\r\n",
    "a line of a dot": ".",
    "many dots": "..\n...\n.x",
    "100 kB on one line": "w" * 100_000,
    "100 kB of kanji": "案" * 33_000,
}


@pytest.mark.parametrize("text", SMUGGLED.values(), ids=SMUGGLED)
def test_I_17_a_text_that_ends_the_message_ends_nothing(desk: Desk, sink: SmtpSink, text: str) -> None:
    case = desk.case("Appeal", f"Before. {text} After.", details=f"Before. {text} After.")
    desk.sends_the_round()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    owed = {letter.message_id: letter.received.raw for letter in desk.letters()}
    sends(desk)
    assert {letter.message_id: letter.raw for letter in sink.letters} == owed and len(sink.letters) == len(owed) == 6
    for letter in sink.letters:
        assert letter.mail_from == "cases@bot.ngo.example" and len(letter.rcpt) == 1
        assert max(map(len, letter.raw.split(b"\r\n"))) <= 998 and b"\n" not in letter.raw.replace(b"\r\n", b"")
    words = "".join(told(sink.to(BOB)[0]).split())
    assert "".join(f"Before. {text} After.".split()) in words, "the text is whole"
    assert not [line for line in sink.transcript if "e@e" in line]
