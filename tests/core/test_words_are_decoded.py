"""Charsets and header words: what Japanese and other mail programs send becomes text, and nothing else becomes letters."""

from __future__ import annotations

import base64
import sys
import unicodedata

import pytest

from bot.core.words import clean, decode_bytes, decode_header, fold

JIS = {
    "circled one": (b"\x1b$B-!\x1b(B CLAIM", "① CLAIM"),
    "kabu": (b"\x1b$B-j\x1b(B", "㈱"),
    "ladder taka": (b"\x1b$B|b\x1b(B", "髙"),
    "half-width kana by escape": (b"\x1b(I1\x1b(B", "ｱ"),
    "JIS-Roman": (b"\x1b(JCLAIM\x1b(B", "CLAIM"),
    "no return to ASCII": (b"\x1b$B<uG$\nCLAIM", "受任\nCLAIM"),
    "supplementary kanji": (b"\x1b$(D0!\x1b(B", "丂"),
}


@pytest.mark.parametrize("charset", ["iso-2022-jp", "ISO-2022-JP-MS", "cp50220", "cp50221", "", "us-ascii", "utf-8"])
@pytest.mark.parametrize(("raw", "text"), JIS.values(), ids=JIS)
def test_iso_2022_jp_is_read_as_windows_writes_it(raw: bytes, text: str, charset: str) -> None:
    assert decode_bytes(raw, charset) == text


@pytest.mark.parametrize("label", ["shift_jis", "Shift-JIS", "x-sjis", "cp932", "windows-31j", "", "us-ascii", "unknown-8bit"])
def test_shift_jis_is_read_with_its_windows_rows_and_without_a_label(label: str) -> None:
    assert (
        decode_bytes("受任　ＪＡＲ－２０２６－０１４　①㈱髙ﾃｽﾄです".encode("cp932"), label)
        == "受任　ＪＡＲ－２０２６－０１４　①㈱髙ﾃｽﾄです"
    )


@pytest.mark.parametrize("label", ["euc-jp", "eucJP-ms", "x-euc-jp", "", "us-ascii"])
def test_euc_jp_is_read_without_a_label(label: str) -> None:
    assert decode_bytes("担当させていただきます。受任　１４".encode("euc_jp"), label) == "担当させていただきます。受任　１４"


def test_euc_jp_holds_vendor_rows() -> None:
    assert decode_bytes(b"\xad\xa1 \xbc\xf5\xc7\xa4", "euc-jp") == "① 受任"


@pytest.mark.parametrize("label", ["", "us-ascii", "iso-8859-1", "shift_jis", "bogus-xyz"])
def test_undeclared_utf_8_is_read(label: str) -> None:
    assert decode_bytes("受任 JAR-2026-014".encode(), label) == "受任 JAR-2026-014"


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252"])
def test_undeclared_utf_8_is_read_even_where_it_is_a_single_half_width_sign(label: str) -> None:
    """A lone half-width mark looks less like Japanese than like noise; but as Western text these bytes are noise for certain."""
    assert decode_bytes("CLAIM JARｰ2026ｰ014".encode(), label) == "CLAIM JARｰ2026ｰ014"


@pytest.mark.parametrize("label", ["", "us-ascii", "bogus-xyz", "iso-8859-1", "utf-8"])
def test_western_text_stays_western(label: str) -> None:
    assert decode_bytes("Je l’ai résumé à Zürich".encode("cp1252"), label) == "Je l’ai résumé à Zürich"


@pytest.mark.parametrize(
    "label",
    ["utf-7", "unicode-1-1-utf-7", "unicode_escape", "raw_unicode_escape", "cp037", "punycode", "idna", "zip", "rot13", "hex", "undefined"],
)
def test_M_12_no_codec_outside_the_list_makes_letters(label: str) -> None:
    smuggled = [b"+AEMATABBAEkATQ- JAR-2026-014", rb"\u0043LAIM JAR-2026-014", "CLAIM JAR-2026-014".encode("cp037"), b"PYNVZ WNE-2026-014"]
    assert not any("CLAIM" in decode_bytes(raw, label) for raw in smuggled)


@pytest.mark.parametrize("label", ["bogus-xyz", "zip", "rot13", "idna", "undefined", "", "utf-8\x00", "é", "a" * 10000])
def test_M_11_an_unknown_charset_is_read_as_ascii(label: str) -> None:
    assert decode_bytes(b"CLAIM JUS-0042", label) == "CLAIM JUS-0042"


@pytest.mark.parametrize("label", ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "utf-16", "", "x"])
def test_no_replacement_character_ever_comes_out(label: str) -> None:
    for raw in (bytes(range(256)), b"\x1b$B\x7f\xff\x80", b"\xe5\x8f", b"\xff\xfe\x00", "受任".encode()[:-1] * 3):
        assert "\ufffd" not in decode_bytes(raw, label)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [("受任", "gb18030", "gb2312"), ("受任", "big5", "big5"), ("수임", "cp949", "ks_c_5601-1987"), ("дело", "koi8_r", "KOI8-R"),
    ("дело", "cp1251", "windows-1251"),
     ("zażółć", "iso8859_2", "iso-8859-2"), ("υπόθεση", "iso8859_7", "ISO-8859-7"), ("คดี", "cp874", "tis-620")],
)  # fmt: skip
def test_other_charsets_of_the_list_are_read(text: str, codec: str, label: str) -> None:
    assert decode_bytes(text.encode(codec), f'"{label}"') == text


@pytest.mark.parametrize(
    ("codec", "label"), [("iso2022_jp", "ISO-2022-JP"), ("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("utf-8", "UTF-8")]
)
@pytest.mark.parametrize("encoding", "bBqQ")
def test_M_13_a_header_word_is_read_in_every_japanese_charset(codec: str, label: str, encoding: str) -> None:
    raw = "ＣＬＡＩＭ　ＪＵＳ−００４２".replace("−", "－" if codec == "cp932" else "−").encode(codec)
    payload = base64.b64encode(raw).decode() if encoding in "bB" else "".join(f"={byte:02X}" for byte in raw)
    assert fold(decode_header(f"Re: =?{label}?{encoding}?{payload}?=")) == "Re: CLAIM JUS-0042"


HEADERS = {
    "split inside a character": ("=?utf-8?B?5Y8=?= =?utf-8?B?l+S7uw==?=", "受任"),
    "split by folding": ("=?utf-8?Q?=E5=8F?=\r\n =?utf-8?Q?=97=E4=BB=BB?=", "受任"),
    "no space between": ("=?utf-8?B?5Y+X?==?utf-8?B?5Lu7?=", "受任"),
    "glued to text": ("Re:=?utf-8?B?5Y+X5Lu7?=14", "Re:受任14"),
    "spaces inside Q": ("=?utf-8?Q?CLAIM JAR?=", "CLAIM JAR"),
    "language suffix": ("=?us-ascii*en?Q?CLAIM?=", "CLAIM"),
    "no padding": ("=?utf-8?B?5Y+X5Lu7IA?=", "受任 "),
    "in quotes": ('"=?utf-8?B?5Y+X5Lu7?="', '"受任"'),
    "two charsets": ("=?utf-8?B?5Y+X?= =?iso-8859-1?Q?=E9?=", "受é"),
    "not a word": ("=?utf-8?X?abc?= =?broken", "=?utf-8?X?abc?= =?broken"),
    "unknown charset": ("=?bogus?Q?CLAIM?=", "CLAIM"),
    "underscore": ("=?utf-8?Q?a_b=5Fc?=", "a b_c"),
}


@pytest.mark.parametrize(("raw", "text"), HEADERS.values(), ids=HEADERS)
def test_broken_header_words_are_read_all_the_same(raw: str, text: str) -> None:
    assert decode_header(raw) == text.rstrip()


@pytest.mark.parametrize("payload", ["Alice=0D=0ABcc=3A_m=40e.example", "a=0Ab", "a=0Db", "a=00=07=1B]0;pwn=07b"])
def test_I_02_no_control_character_leaves_a_header_word(payload: str) -> None:
    assert decode_header(f"=?utf-8?q?{payload}?=").isprintable()


DASHES = {char for number in range(sys.maxunicode + 1) if unicodedata.category(char := chr(number)) == "Pd"} - set("〜〰")


@pytest.mark.parametrize("dash", sorted({*DASHES, *"−⁻₋˗➖⁃⎯─━╴╶ーｰㅡᅳ一"}))
def test_every_dash_between_letters_and_digits_is_a_hyphen(dash: str) -> None:
    assert fold(f"JAR{dash}2026{dash}014") == fold(f"JAR\u200b{dash}\u2060２０２６{dash}014") == "JAR-2026-014"


@pytest.mark.parametrize("wave", "〜～~")
def test_a_wave_between_two_numbers_is_no_hyphen(wave: str) -> None:
    """014〜016 means all from 14 to 16 in Japanese."""
    assert fold(f"JAR-2026-014{wave}016") != "JAR-2026-014-016"


@pytest.mark.parametrize("space", ["\u3000", "\u00a0", "\u2003", "\t", "\u202f"])
def test_every_space_is_a_space(space: str) -> None:
    assert fold(f"受任{space}14") == "受任 14"


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u2060", "\ufe0f", "\U000e0041"])
def test_I_12_invisible_characters_go_when_a_command_is_read(sign: str) -> None:
    assert fold(f"CL{sign}AIM") == "CLAIM"


def test_I_21_a_letter_of_another_script_stays_what_it_is() -> None:
    assert fold("JUЅ-0042") != "JUS-0042"


def test_a_long_vowel_mark_in_a_word_stays() -> None:
    assert fold("ﾒｰﾙ") == "メール"


def test_M_24_what_is_stored_holds_no_control_character() -> None:
    assert clean("a\x00b\x07c\x1b[31md\x7f\u202ee\r\nf\ud800") == "abc[31mde\nf"
