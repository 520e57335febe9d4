"""Group M of the attacks, mail that is only unusual: however it is encoded and its address written, what was written is read, and nothing else acts."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from tests.attacks.desk import ALICE, CHIKA, Desk
from tests.attacks.malformed import CLAIM, attack, message


@pytest.fixture(autouse=True)
def and_the_next_good_claim_is_handled(desk: Desk) -> Iterator[None]:
    with attack(desk):
        yield


@pytest.mark.parametrize("charset", ["bogus-xyz", "zip", "rot13", "idna", "undefined", '""', "punycode", "hex"])
def test_M_11_an_unknown_charset_is_read_as_what_it_is(desk: Desk, charset: str) -> None:
    desk.arrives(message(f"Content-Type: text/plain; charset={charset}"))
    desk.settles()
    assert desk.standing("JUS-2026-001") == {ALICE: "confirmed"}


SMUGGLED = {
    "utf-7": b"+AEMATABBAEkATQ- JUS-2026-001",
    "unicode_escape": rb"\u0043LAIM JUS-2026-001",
    "cp037": CLAIM.encode("cp037"),
    "utf-16": b"+AEMATABBAEkATQ-",
    "raw_unicode_escape": rb"\u0043LAIM JUS-2026-001",
}


@pytest.mark.parametrize(("charset", "body"), SMUGGLED.items(), ids=SMUGGLED)
def test_M_12_a_command_smuggled_through_a_decoder_does_not_act(desk: Desk, charset: str, body: bytes) -> None:
    desk.arrives(message(f"Content-Type: text/plain; charset={charset}", body=body))
    desk.settles()
    assert desk.standing("JUS-2026-001") == {}


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"])
@pytest.mark.parametrize("where", ["body", "Subject"])
def test_M_13_a_full_width_claim_in_each_japanese_charset_is_a_claim(desk: Desk, charset: str, where: str) -> None:
    dash = "－" if charset == "utf-8" else "−"  # where JIS X 0208 has its one minus sign
    written = f"ＣＬＡＩＭ　ＪＵＳ{dash}２０２６{dash}００１".encode(charset)
    if where == "body":
        desk.arrives(message(f"Content-Type: text/plain; charset={charset}", body=written))
    else:
        desk.arrives(message(f"Subject: =?{charset}?B?{base64.b64encode(written).decode()}?=", body=""))
    desk.settles()
    assert desk.standing("JUS-2026-001") == {ALICE: "confirmed"}
    parts = [part for part in desk.last_letter_to(ALICE).headers.walk() if not part.is_multipart()]
    assert {part.get_content_charset() for part in parts} == {"utf-8"}


@pytest.mark.parametrize(
    ("on_file", "written"),
    [(CHIKA, "chika.@docomo.ne.jp"), (CHIKA, '"chika."@docomo.ne.jp'), ("a..b@ezweb.ne.jp", "a..b@ezweb.ne.jp")],
)
def test_M_15_a_japanese_carriers_address_is_recognised_in_both_forms(desk: Desk, on_file: str, written: str) -> None:
    if on_file != CHIKA:
        desk.joins(on_file)
    raw = message(sender=written).replace(b"lawfirm.example", on_file.rpartition("@")[2].encode())
    desk.arrives(raw)
    desk.settles()
    assert desk.standing("JUS-2026-001") == {on_file: "confirmed"}
    assert desk.letters_to(on_file)


def test_M_16_of_a_reply_in_html_alone_only_the_own_words_act(desk: Desk) -> None:
    other = desk.case("Quoted")
    html = f'<div>{CLAIM}</div><blockquote type="cite">On Friday, the desk wrote:<br>CLAIM {other}</blockquote>'
    desk.arrives(message("Content-Type: text/html; charset=utf-8", body=html))
    desk.settles()
    assert (desk.standing("JUS-2026-001"), desk.standing(other)) == ({ALICE: "confirmed"}, {})


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (["Content-Transfer-Encoding: quoted-printable"], b"CLAIM JUS-2026-0=\r\n01"),
        (["Content-Type: text/plain; format=flowed"], b"CLAIM \r\nJUS-2026-001"),
        (["Content-Transfer-Encoding: base64"], b"Q0xBSU0gSlVTLTIwMjYt\r\nMDAx\r\n"),
    ],
    ids=["quoted-printable", "flowed", "base64"],
)
def test_M_25_a_soft_break_in_a_valid_encoding_is_no_break(desk: Desk, fields: list[str], body: bytes) -> None:
    desk.arrives(message(*fields, body=body))
    desk.settles()
    assert desk.standing("JUS-2026-001") == {ALICE: "confirmed"}


def test_M_25_base64_that_breaks_off_is_shown_to_a_person(desk: Desk) -> None:
    desk.arrives(message("Content-Transfer-Encoding: base64", body=b"Q0xBSU0gSlVTLTIwMjYtMDAxC"))
    assert (desk.ending(), desk.standing("JUS-2026-001")) == ("for_staff", {})
