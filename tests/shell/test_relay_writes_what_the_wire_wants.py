"""Addresses and letters on the wire: legacy addresses in quotes, no second command in an address, no second end of message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shell.relay import Outcome
from bot.shell.relay.lines import FINAL_DOT, dotted, forward_path, reverse_path
from tests.servers.smtp_sink import SmtpSink
from tests.shell.relaying import account, commands, letter, verdict_on


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("alice@lawfirm.example", "<alice@lawfirm.example>"),
        ("a..b@ezweb.ne.jp", '<"a..b"@ezweb.ne.jp>'),
        ("chika.@docomo.ne.jp", '<"chika."@docomo.ne.jp>'),
        ('"a..b"@ezweb.ne.jp', '<"a..b"@ezweb.ne.jp>'),
        ('a"b@lawfirm.example', '<"a\\"b"@lawfirm.example>'),
        ("o'neil+jar@lawfirm.example", "<o'neil+jar@lawfirm.example>"),
        ("bengo@法律.example", "<bengo@xn--g4ts90a.example>"),
        ("bot@[127.0.0.1]", "<bot@[127.0.0.1]>"),
    ],
)
def test_every_address_on_a_roster_has_its_path(sink: SmtpSink, address: str, path: str) -> None:
    assert verdict_on(account(sink), letter(to=address)).outcome is Outcome.SENT
    assert commands(sink, "RCPT") == [f"RCPT TO:{path}"]


@pytest.mark.parametrize(
    "address",
    [
        "a@x>\r\nRCPT TO:<e@evil.example",
        "a@x> SIZE=1",
        "<a@lawfirm.example>",
        "a\x00@lawfirm.example",
        "a@law firm.example",
        "弁護士@lawfirm.example",
        "@lawfirm.example",
        "alice",
        "",
        "a" * 250 + "@lawfirm.example",
        "a@-x.example",
    ],
)
def test_an_address_that_cannot_be_written_safely_is_refused_before_any_word(sink: SmtpSink, address: str) -> None:
    """I-05: aiosmtplib would cut the first one to a@x."""
    verdict = verdict_on(account(sink), letter(to=address))
    assert (verdict.outcome, verdict.code) == (Outcome.REFUSED, None)
    assert "address" in verdict.said
    assert sink.connections == 0


def test_a_sender_is_held_to_the_same_rules(sink: SmtpSink) -> None:
    assert verdict_on(account(sink), letter(sender="b@x>\r\nQUIT")).outcome is Outcome.REFUSED


def test_the_null_reverse_path_is_written_as_such() -> None:
    assert reverse_path("") == b"<>"


@given(st.text())
def test_no_address_becomes_two_words_or_two_lines(address: str) -> None:
    try:
        path = forward_path(address)
    except ValueError:
        return
    assert path.startswith(b"<") and path.endswith(b">") and path.count(b"<") == path.count(b">") == 1
    assert not any(byte < 32 or byte > 126 for byte in path)


def as_received(wire: bytes) -> bytes:
    """RFC 5321 4.5.2, from the server's side."""
    *lines, dot, rest = wire.split(b"\r\n")
    assert (dot, rest) == (b".", b"")
    return b"\r\n".join([line[1:] if line.startswith(b".") else line for line in lines] + [b""])


@given(st.binary())
def test_no_letter_ends_before_its_end(content: bytes) -> None:
    wire = dotted(content) + FINAL_DOT
    assert wire.find(b"\r\n.\r\n") in (-1, len(wire) - 5)
    assert wire.replace(b"\r\n", b"").count(b"\n") == wire.replace(b"\r\n", b"").count(b"\r") == 0


@given(st.lists(st.binary().map(lambda line: line.replace(b"\r", b"").replace(b"\n", b"")), min_size=1))
def test_a_letter_arrives_as_it_was_written(lines: list[bytes]) -> None:
    content = b"".join(line + b"\r\n" for line in lines)
    assert as_received(dotted(content) + FINAL_DOT) == content


@pytest.mark.parametrize("smuggled", [b"\n.\n", b"\r.\r", b"\r\n.\n", b"\n.\r\n", b"\r\n.\r\n"])
def test_an_end_of_message_in_a_letter_ends_nothing(sink: SmtpSink, smuggled: bytes) -> None:
    verdict = verdict_on(account(sink), letter(text=b"Dear Alice" + smuggled + b"MAIL FROM:<staff@ngo.example>\r\n"))
    (received,) = sink.letters
    assert verdict.outcome is Outcome.SENT
    assert received.raw.endswith(b"Dear Alice\r\n.\r\nMAIL FROM:<staff@ngo.example>\r\n")


def test_8_bit_text_is_announced(sink: SmtpSink) -> None:
    assert verdict_on(account(sink), letter(text="拝啓\r\n".encode())).outcome is Outcome.SENT
    assert commands(sink, "MAIL")[0].endswith(" BODY=8BITMIME")


def test_8_bit_text_is_not_forced_on_a_server_without_it() -> None:
    with SmtpSink.start(without=frozenset({"8BITMIME"})) as sink:
        verdict = verdict_on(account(sink), letter(text="拝啓\r\n".encode()))
    assert (verdict.outcome, "8BITMIME" in verdict.said, commands(sink, "MAIL")) == (Outcome.REFUSED, True, [])


def test_a_server_that_knows_no_extension_is_served_all_the_same() -> None:
    with SmtpSink.start(without=frozenset({"SIZE"})) as sink:
        sink.script.refuse("EHLO", reply="502 5.5.1 what?", times=1)
        assert verdict_on(account(sink)).outcome is Outcome.SENT
        assert commands(sink, "HELO") == ["HELO bot.ngo.example"]
