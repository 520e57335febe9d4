"""The sender is exactly one mailbox in exactly one From field, or nobody, and then a person looks at the mail."""

from __future__ import annotations

import pytest

from tests.core.mails import mail, parsed

ALICE = "alice@lawfirm.example"

PLAIN = {
    "bare": "alice@lawfirm.example",
    "named": "Alice Ito <alice@lawfirm.example>",
    "quoted name": '"Ito, Alice" <alice@lawfirm.example>',
    "name as comment": "alice@lawfirm.example (Alice Ito)",
    "encoded name": "=?iso-2022-jp?B?GyRCMEtGIxsoQg==?= <alice@lawfirm.example>",
    "encoded name with signs": "=?utf-8?Q?Alice_:)?= <alice@lawfirm.example>",
    "angle only": "<alice@lawfirm.example>",
    "its own address as name": "alice@lawfirm.example <alice@lawfirm.example>",
    "S-17 capitals": "ALICE@LAWFIRM.EXAMPLE",
    "folded": "Alice\r\n\t<alice@lawfirm.example>",
    "raw Japanese name": "伊藤 <alice@lawfirm.example>",
}


@pytest.mark.parametrize("value", PLAIN.values(), ids=PLAIN)
def test_one_plain_mailbox_is_the_sender(value: str) -> None:
    found = mail(f"From: {value}")
    assert (found.sender, found.defects) == (ALICE, ())


@pytest.mark.parametrize(
    "value",
    [
        "alice@lawfirm.example <mallory@evil.example>",
        "alice@lawfirm.example)mallory@evil.example",
        "<alice@lawfirm.example>mallory@evil.example",
        "alice@lawfirm.example(<mallory@evil.example>)",
        "Group: alice@lawfirm.example;",
        "<@evil.example:alice@lawfirm.example>",
        "alice@lawfirm.example mallory@evil.example",
        "alice@lawfirm.example\x00",
        "alice@law\x00firm.example",
        "alice@lawfirm.example\u200b",
        "<alice@lawfirm.example",
        '"alice@lawfirm.example',
        "=?utf-8?q?alice=40lawfirm.example?=",
        "=?utf-8?q?<alice@lawfirm.example>?= <mallory@evil.example>",
    ],
)
def test_S_11_a_from_on_which_two_readers_could_differ_is_nobodys(value: str) -> None:
    found = mail(f"From: {value}")
    assert found.sender == "" and found.defects


@pytest.mark.parametrize("froms", [("alice@lawfirm.example", "mallory@evil.example"), ("mallory@evil.example", "alice@lawfirm.example")])
def test_S_12_two_from_fields_are_nobodys(froms: tuple[str, str]) -> None:
    found = parsed(f"From: {froms[0]}\r\nFrom: {froms[1]}\r\n\r\nx".encode())
    assert (found.sender, found.defects[0]) == ("", "it has two From fields")


def test_S_13_two_addresses_in_one_from_are_nobodys() -> None:
    found = mail("From: alice@lawfirm.example, mallory@evil.example", "Sender: alice@lawfirm.example")
    assert found.sender == "" and found.defects


def test_S_10_a_display_name_is_no_address() -> None:
    found = mail('From: "alice@lawfirm.example" <mallory@evil.example>')
    assert (found.sender, found.sender_name) == ("mallory@evil.example", "alice@lawfirm.example")


@pytest.mark.parametrize(
    "value",
    ["аlice@lawfirm.example", "alice@lаwfirm.example", "alice@xn--lwfirm-3nf.example", "ａlice@lawfirm.example", "alice@lawfirm。example"],
)
def test_S_16_a_look_alike_is_another_address(value: str) -> None:
    assert mail(f"From: {value}").sender != ALICE


@pytest.mark.parametrize(
    "value", ["chika.@docomo.ne.jp", '"chika."@docomo.ne.jp', "Chika <chika.@docomo.ne.jp>", 'Chika <"chika."@DOCOMO.ne.jp>']
)
def test_M_15_an_old_japanese_address_is_read_bare_and_quoted(value: str) -> None:
    assert mail(f"From: {value}").sender == "chika.@docomo.ne.jp"


def test_M_15_two_dots_in_a_row_are_read() -> None:
    assert mail("From: a..b@ezweb.ne.jp").sender == "a..b@ezweb.ne.jp"


@pytest.mark.parametrize("value", ["<", '"', "<a@", "a@[", "<>", "", "a:b:c;;;", "@", "a@", "@b", "a" * 300 + "@b.c", "<<a@b.c>>"])
def test_M_01_a_broken_from_is_nobodys_and_stops_nothing(value: str) -> None:
    found = mail(f"From: {value}")
    assert found.sender == "" and (found.defects or found.machine)


@pytest.mark.parametrize(
    "field",
    [
        "To: a:b:c;;;",
        "Message-ID: <>",
        "Message-ID: <[",
        'Reply-To: "',
        "Date: 32 Foo",
        "Content-Type: ;;;",
        "Content-Type: text/plain; charset",
    ],
)
def test_M_01_a_broken_field_that_does_not_matter_stops_nothing(field: str) -> None:
    found = mail(field)
    assert (found.sender, found.text, found.defects) == (ALICE, "CLAIM JUS-0042", ())


@pytest.mark.parametrize(
    "name", ["Subject", "Date", "To", "Message-ID", "In-Reply-To", "References", "Reply-To", "Content-Type", "MIME-Version"]
)
def test_a_field_that_may_stand_once_and_stands_twice_is_a_defect(name: str) -> None:
    assert any("two" in defect for defect in mail(f"{name}: text/plain", f"{name}: text/html").defects)


def test_I_02_a_display_name_holds_no_line_break() -> None:
    assert mail("From: =?utf-8?q?Alice=0D=0ABcc=3A_m=40e.example?= <alice@lawfirm.example>").sender_name.isprintable()


def test_I_12_a_display_name_holds_no_bidirectional_override() -> None:
    assert "\u202e" not in mail("From: Ali\u202ece <alice@lawfirm.example>").sender_name
