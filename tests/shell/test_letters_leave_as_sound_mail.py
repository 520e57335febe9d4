"""A letter's bytes: what RFC 5322 and its neighbours ask, the header fields the contract names, and a last look before sending."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.mail import Letter, canonical
from bot.shell.letters import MARKER, Typesetter, UnfitLetter, check_outgoing, mailto
from bot.shell.letters.headers import mailbox, unstructured
from tests.shell.letters_samples import CODE, HOUSE, ITO, MESSAGE_ID, NOW, answer, every_letter, letter, said

TYPESETTER = Typesetter(HOUSE)
LETTERS = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language)]


def bytes_of(one: Letter, name: str = "伊藤 花子") -> bytes:
    return TYPESETTER.compose(one, message_id=MESSAGE_ID, now=NOW, reader_name=name)


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default.clone(raise_on_defect=True))
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize(("name", "one"), LETTERS, ids=[name for name, _ in LETTERS])
def test_a_strict_parser_finds_no_fault_in_any_letter(name: str, one: Letter) -> None:
    content = bytes_of(one)
    check_outgoing(content, one.to)
    message = read(content)
    page = TYPESETTER.preview(one, now=NOW, reader_name="伊藤 花子", code=CODE)
    text, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert (message["Subject"], text, html) == (page.subject, page.text, page.html)


@pytest.mark.parametrize(("name", "one"), LETTERS, ids=[name for name, _ in LETTERS])
def test_lines_on_the_wire_are_short_and_ascii(name: str, one: Letter) -> None:
    lines = bytes_of(one).split(b"\r\n")
    assert max(map(len, lines)) <= 200 and all(line.isascii() and b"\r" not in line and b"\n" not in line for line in lines)


def test_a_round_carries_exactly_these_fields() -> None:
    message = read(bytes_of(letter("round", "ja")))
    assert {name: str(value).replace(CODE, "CODE") for name, value in message.items()} == {
        "From": "Pro bono desk <cases@example.org>",
        "To": "伊藤 花子 <ito@lawfirm.example>",
        "Subject": "2026年11月の案件のご案内（3件、うち至急1件）",
        "Date": "Mon, 02 Nov 2026 09:00:07 +0900",
        "Message-ID": "<CODE@example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": "<cases.example.org>",
        "List-Unsubscribe": "<mailto:cases@example.org?subject=LEAVE%20%5BCODE%5D>",
        "Precedence": "list",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_letter"',
    }


def test_an_answer_names_the_mail_it_answers_and_no_list() -> None:
    one = replace(answer("en", said("declined")), references=("<older@lawfirm.example>", "<claim-1@lawfirm.example>"))
    message = read(bytes_of(one))
    assert message["Auto-Submitted"] == "auto-replied" and message["In-Reply-To"] == "<claim-1@lawfirm.example>"
    assert message["References"].split() == ["<older@lawfirm.example>", "<claim-1@lawfirm.example>"]
    assert not {"List-Id", "List-Unsubscribe", "Precedence"} & set(message.keys())


@pytest.mark.parametrize(
    "hostile", ["<x@y>\r\n Bcc: m@e.example", "<" + "x" * 5000 + "@y>", "<a b@c>", "", "x@y", "<x@y><z@y>", "<案@y>", "<x@y>\0"]
)
def test_I_04_a_malformed_message_id_is_never_quoted(hostile: str) -> None:
    message = read(bytes_of(replace(answer("en", said("declined")), in_reply_to=hostile, references=(hostile, "<good@y>"))))
    assert message["In-Reply-To"] is None and message["References"] == "<good@y>" and message["Bcc"] is None


def test_references_are_few() -> None:
    chain = tuple(f"<{number}@y>" for number in range(500))
    message = read(bytes_of(replace(answer("en", said("declined")), references=chain)))
    assert len(message["References"].split()) == 10 and message["References"].endswith("<claim-1@lawfirm.example>")


@pytest.mark.parametrize(
    "address", ["chika.@docomo.ne.jp", "a..b@ezweb.ne.jp", '"chika."@docomo.ne.jp', "o'neil+jar@x.example", ".dot@x.example"]
)
def test_addresses_of_japanese_carriers_are_written_so_that_servers_take_them(address: str) -> None:
    content = bytes_of(replace(letter("verify", "ja"), to=address))
    check_outgoing(content, canonical(address))
    to = read(content)["To"].addresses[0]
    assert canonical(to.addr_spec) == canonical(address)


@pytest.mark.parametrize(
    "address", ["a@b>\r\nBcc: <c@d", "a b@c.example", "a@b@c", "@x.example", "x", "a@", "a@b c", 'a"b@c.example', "案@x.example", "a,b@x\n"]
)
def test_an_address_that_is_none_stops_the_letter(address: str) -> None:
    with pytest.raises(UnfitLetter):
        bytes_of(replace(letter("verify", "ja"), to=address))


@given(st.text(max_size=120), st.text(max_size=300))
def test_any_name_and_subject_survive_the_header(name: str, subject: str) -> None:
    name = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]", "", name)
    subject = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]", "", subject)
    folded = unstructured(subject)
    assert str(make_header(decode_header(folded.replace("\r\n", "")))) == " ".join(subject.split())
    assert all(len(line) <= 76 or (line.isascii() and "=?" not in line) for line in folded.split("\r\n"))
    assert mailbox(name, "ito@x.example").endswith("<ito@x.example>") and mailbox(name, "ito@x.example").isascii()


def test_the_subject_is_folded_before_column_78() -> None:
    subject = read(bytes_of(answer("en", said("confirmed"))))["Subject"]
    raw = bytes_of(answer("en", said("confirmed"))).partition(b"\r\n\r\n")[0]
    assert "Appeal to the court for a family of four" in subject and max(map(len, raw.split(b"\r\n"))) <= 100


def test_P_13_no_field_tells_of_host_program_or_version() -> None:
    head = bytes_of(letter("round", "en")).partition(b"\r\n\r\n")[0].lower()
    assert not re.search(rb"python|firstreply|jinja|localhost|user-agent|x-mailer|version: [^1]", head)


def test_the_marker_stands_on_top_of_both_forms() -> None:
    """Of what is seen of them: what a list of mails shows beside the Subject is seen in none."""
    page = TYPESETTER.preview(letter("round", "en"), now=NOW, reader_name="", code=CODE)
    body = re.sub(r'<div style="display:none;[^>]*>[^<]*</div>', "", page.html.partition("<body")[2].partition(">")[2])
    assert page.text.startswith(MARKER) and re.sub(r"<[^>]+>|\s+", " ", body).strip().startswith(MARKER)


def test_a_mailto_link_encodes_everything_that_could_break_it() -> None:
    link = mailto("cases+a&b@example.org", "CLAIM JAR-2026-014 [k2.q7]", body="a\nb&c=?#")
    assert link == "mailto:cases%2Ba%26b@example.org?subject=CLAIM%20JAR-2026-014%20%5Bk2.q7%5D&body=a%0D%0Ab%26c%3D%3F%23"


def test_the_links_of_a_letter_carry_the_code_of_its_own_message_id() -> None:
    one = Letter("bulletin", ITO.email, "en", {"case": letter("bulletin", "en").facts["case"]})
    text = read(bytes_of(one)).get_body(("plain",))
    assert text is not None and f"subject=CLAIM%20JAR-2026-014%20%5B{CODE}%5D\r\n" in text.get_content()


GOOD = bytes_of(letter("round", "en"))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"X-Extra: 1\r\n" + GOOD, "unknown header"),
        (GOOD.replace(b"To: ", b"Cc: ", 1), "unknown header"),
        (b"Bcc: m@e.example\r\n" + GOOD, "unknown header"),
        (b"To: m@e.example\r\n" + GOOD, "stands twice"),
        (GOOD.replace(b"<ito@lawfirm.example>", b"<m@e.example>", 1), "not the one recipient"),
        (GOOD.replace(b"<ito@lawfirm.example>", b"<ito@lawfirm.example>, <m@e.example>", 1), "not the one recipient"),
        (GOOD.replace(b"<ito@lawfirm.example>", b"<m@e.example> <ito@lawfirm.example>", 1), "not the one recipient"),
        (GOOD.replace(b"Subject: ", b"Subject: a\n", 1), "stands alone"),
        (GOOD.replace(b"Subject: ", b"Subject: a\r", 1), "stands alone"),
        (GOOD.replace(b"\r\n", b"\n"), "does not end"),
        (GOOD + b"x" * 999 + b"\r\n", "longer than 998"),
        (GOOD + b"\xe6\xa1\x88\r\n", "ASCII"),
        (GOOD + b"\0\r\n", "ASCII"),
        (GOOD[:-2], "does not end"),
        (GOOD.replace(b"Auto-Submitted: auto-generated\r\n", b"", 1), "Auto-Submitted is missing"),
        (GOOD.replace(b"From: ", b"From ", 1), "malformed"),
        (GOOD.partition(b"\r\n\r\n")[0] + b"\r\n", "does not end"),
        (b"", "does not end"),
    ],
)
def test_O_02_bytes_that_are_not_as_we_write_them_do_not_leave(bad: bytes, why: str) -> None:
    with pytest.raises(UnfitLetter, match=why):
        check_outgoing(bad, ITO.email)


def test_what_we_write_passes_the_last_look() -> None:
    check_outgoing(GOOD, ITO.email.upper())
