"""A code proves which letter is answered, survives what mail programs do to it, and cannot be made by anyone but us."""

from __future__ import annotations

import base64
import hmac
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.trust import code_for, code_in, codes_in_subject, handle_from, handle_of, is_ours, message_id, without_codes

KEY, OLD_KEY = b"the current secret, long enough", b"the secret of last year, longer"
HANDLE = handle_from(b"0123456789")
ALICE = "alice@lawfirm.example"
CODE = code_for(HANDLE, ALICE, key=KEY)
FULL_WIDTH = str.maketrans({char: char + 0xFEE0 for char in range(0x21, 0x7F)})


def test_a_code_is_a_handle_and_128_bits_of_signature_in_base32() -> None:
    assert re.fullmatch(r"[a-z2-7]{16}\.[a-z2-7]{26}", CODE)
    assert handle_of(CODE) == HANDLE


def test_a_code_is_ours_for_the_recipient_it_was_written_to_and_for_nobody_else() -> None:
    assert is_ours(CODE, ALICE, keys=[KEY])
    assert not is_ours(CODE, "bob@bengo.example", keys=[KEY])


def test_a_code_holds_for_every_spelling_of_one_address() -> None:
    assert is_ours(code_for(HANDLE, '"Chika."@DOCOMO.ne.jp', key=KEY), "chika.@docomo.ne.jp", keys=[KEY])


def test_a_code_of_the_previous_key_is_still_ours_while_that_key_is_listed() -> None:
    old = code_for(HANDLE, ALICE, key=OLD_KEY)
    assert is_ours(old, ALICE, keys=[KEY, OLD_KEY])
    assert not is_ours(old, ALICE, keys=[KEY])


@pytest.mark.parametrize("place", [0, 5, 15, 16, 17, 30, 42])
def test_S_18_a_code_with_one_character_changed_is_not_ours(place: int) -> None:
    other = "b" if CODE[place] != "b" else "c"
    assert not is_ours(CODE[:place] + other + CODE[place + 1 :], ALICE, keys=[KEY])


@pytest.mark.parametrize("bad", ["", CODE[:21], HANDLE, HANDLE + ".", CODE + "a", CODE.replace(".", ""), "17", "\udcff." + CODE[17:]])
def test_S_18_a_cut_an_unsigned_and_a_foreign_identifier_are_not_ours(bad: str) -> None:
    assert not is_ours(bad, ALICE, keys=[KEY])


def test_S_18_no_key_and_an_empty_key_sign_nothing() -> None:
    signature = hmac.digest(b"", b"\0".join([b"firstreply code 1", HANDLE.encode(), ALICE.encode()]), "sha256")[:16]
    anybodys = f"{HANDLE}.{base64.b32encode(signature).decode().rstrip('=').lower()}"
    assert not is_ours(CODE, ALICE, keys=[])
    assert not is_ours(anybodys, ALICE, keys=[b""])
    with pytest.raises(ValueError, match="empty key"):
        code_for(HANDLE, ALICE, key=b"")


@pytest.mark.parametrize("handle", ["", "short", "A" * 16, "1" * 16, "a" * 17])
def test_a_handle_that_is_not_80_bits_of_base32_is_refused(handle: str) -> None:
    with pytest.raises(ValueError, match="16 characters"):
        code_for(handle, ALICE, key=KEY)


@pytest.mark.parametrize("written", ["<{}@ngo.example>", "{}@ngo.example", " <{}@other.host> ", "<{}@[127.0.0.1]>"])
def test_a_message_id_gives_its_code_back_whatever_host_it_names(written: str) -> None:
    assert code_in(written.format(CODE)) == CODE


def test_a_message_id_gives_its_code_back_in_capitals_too() -> None:
    assert code_in(message_id(CODE, "ngo.example").upper()) == CODE


@pytest.mark.parametrize(
    "foreign", ["", "<>", "<CAF=x@mail.gmail.com>", f"<{CODE}>", f"<x{CODE}@a>", f"<{CODE}@a> <{CODE}@b>", f"<{CODE}@a@b>"]
)
def test_a_foreign_message_id_has_no_code(foreign: str) -> None:
    assert code_in(foreign) is None


def test_letters_of_other_alphabets_do_not_pass_for_base32() -> None:
    kelvin = "\u212a" * 16 + CODE[16:]
    assert code_in(f"<{kelvin}@ngo.example>") is None
    assert codes_in_subject(kelvin) == ()


def test_a_short_domain_stands_whole_in_the_message_id() -> None:
    assert message_id(CODE, "NGO.example") == f"<{CODE}@ngo.example>"


def test_a_domain_of_24_characters_is_the_longest_that_stands_whole() -> None:
    assert message_id(CODE, "desk.refugees-of-ngo.org").endswith("@desk.refugees-of-ngo.org>")
    assert message_id(CODE, "desks.refugees-of-ngo.org").endswith("@refugees-of-ngo.org>")


def test_a_long_domain_is_cut_between_its_labels() -> None:
    assert message_id(CODE, "mail.desk.refugees.tokyo.example.org") == f"<{CODE}@tokyo.example.org>"


@pytest.mark.parametrize("domain", ["", "a-very-long-association-for-refugees.org", "例え.jp", "a b.org", "x" * 300])
def test_a_domain_that_cannot_be_cut_gives_way_to_a_short_one(domain: str) -> None:
    assert re.fullmatch(rf"<{CODE}@[0-9a-f]{{8}}\.invalid>", message_id(CODE, domain))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_message_id_of_ours_never_exceeds_70_characters_and_always_gives_its_code_back(domain: str) -> None:
    written = message_id(CODE, domain)
    assert len(written) <= 70
    assert code_in(written) == CODE


SUBJECTS = [
    f"CLAIM JAR-2026-014 [{CODE}]",
    f"Re: CLAIM JAR-2026-014 [{CODE.upper()}]",
    f"受任 JAR-2026-014 ［{CODE.translate(FULL_WIDTH)}］",
    f"CLAIM JAR-2026-014 {CODE}",
    f"[ {CODE} ] CLAIM JAR-2026-014",
    f"返信: 【{CODE}】",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_gives_its_code_back_in_any_case_width_and_bracket(subject: str) -> None:
    assert codes_in_subject(subject) == (CODE,)


@pytest.mark.parametrize("subject", [f"x{CODE}", f"{CODE}7", f"[{CODE[:-1]}]", "CLAIM JAR-2026-014", ""])
def test_a_subject_without_a_whole_code_has_none(subject: str) -> None:
    assert codes_in_subject(subject) == ()


def test_a_subject_names_each_code_once_in_its_order() -> None:
    other = code_for(handle_from(b"abcdefghij"), ALICE, key=KEY)
    assert codes_in_subject(f"[{other}] {CODE} {other}") == (other, CODE)


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        (f"CLAIM JAR-2026-014 [{CODE}]", "CLAIM JAR-2026-014"),
        (f"受任　ＪＡＲ－２０２６－０１４ ［{CODE.translate(FULL_WIDTH)}］", "受任　ＪＡＲ－２０２６－０１４"),
        (f"[{CODE}] CLAIM [{CODE}] JAR-2026-014", "CLAIM JAR-2026-014"),
        ("Re: [list]  CLAIM", "Re: [list]  CLAIM"),
        (f"[{CODE}]", ""),
    ],
)
def test_a_subject_without_its_codes_reads_as_its_writer_meant_it(subject: str, plain: str) -> None:
    assert without_codes(subject) == plain


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_code_is_left_in_a_subject_that_was_freed_of_codes(before: str, after: str) -> None:
    assert codes_in_subject(without_codes(f"{before} [{CODE}] {after}")) == ()
