"""What a server answers to a FETCH is read part by part; an answer that is none takes no other with it."""

from __future__ import annotations

import pytest

from bot.shell.mailbox.answers import TEXT, Line, by_uid

ASKED = frozenset({1, 2, 3})


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ([b"9 (UID 1 RFC822.SIZE 300)"], {b"RFC822.SIZE": 300}),
        ([b'9 (INTERNALDATE " 2-Jul-2026 01:30:00 +0000" uid 1)'], {}),
        ([(b"9 (UID 1 BODY[] {4}", b"a)\r\n"), b")"], {b"BODY[]": b"a)\r\n"}),
        ([(b"9 (BODY[]<0> {0}", b""), b" FLAGS (\\Seen (x)) UID 1)"], {b"BODY[]<0>": b""}),
        ([b'9 (UID 1 BODY[HEADER.FIELDS (MESSAGE-ID)] "a\\"b\\\\c")'], {b"BODY[HEADER.FIELDS (MESSAGE-ID)]": b'a"b\\c'}),
        ([b"9 (UID 1 BODY[] NIL)"], {b"BODY[]": None}),
        ([b"9 (UID 1)", b"9 (UID 1 RFC822.SIZE 7)"], {b"RFC822.SIZE": 7}),
        ([b"9 (UID 1) 9 (RFC822.SIZE 7)"], {b"RFC822.SIZE": 7}),
        (
            [b'9 (UID 1\tX "a\\x\\\\"Y (NIL nil 007 7 (\\Seen) %)) \r\n'],
            {b"X": b"a\\x\\", b"Y": (None, b"nil", b"007", 7, (b"\\Seen",), b"%")},
        ),
    ],
)
def test_its_parts_are_by_name(lines: list[Line], parts: dict[bytes, object]) -> None:
    (found,) = by_uid(lines, ASKED).values()
    assert found.items() >= parts.items()
    assert b"UID 1" in found[TEXT].upper()


@pytest.mark.parametrize(
    "spoilt",
    [
        [b"9 (UID 2"],
        [b"9 (UID 2))"],
        [b"9 (UID 2) 9"],
        [b"9 UID 2"],
        [b"(UID 2)"],
        [b"9 (UID 2 BODY[)"],
        [b'9 (UID 2 INTERNALDATE "1)'],
        [b'9 (UID 2 x"y")'],
        [b"9 (UID 2 BODY[])"],
        [(b"9 (UID 2 BODY[] {5}", b"four"), b")"],
        [b"9 (UID 2 BODY[] {0})"],
        [b"9 (UID 2 FLAGS (a)"],
        [b"9 (UID %s)" % (b"2" * 5000)],
        [b"9 (UID 2 7 8)"],
        [b"9 (UID 2 %s)" % (b"(" * 50_000)],
        [b"9 (UID 2 X %s%s)" % (b"(" * 50_000, b")" * 50_000)],
        [b"9 (UID 2 %s)" % (b"[x " * 50_000)],
        [(b"9 (UID 2 BODY[] {4} ", b"four"), b")"],
        [b""],
    ],
)
def test_one_that_is_none_is_one_message_missing(spoilt: list[Line]) -> None:
    assert set(by_uid([b"8 (UID 1)", *spoilt, None, b"7 (UID 3)", b"6 (UID 4)"], ASKED)) == {1, 3}
