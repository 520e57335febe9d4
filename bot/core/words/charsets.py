"""Charsets: bytes become text, by an allow-list and by what Japanese mail programs really send.

Given bytes and the label that came with them, which may be missing or wrong; gives text.
Reads any bytes whatever. Never raises, and never uses a codec outside the list: utf-7, unicode_escape and the
like would let letters appear that no other reader of the message sees (RFC 2046 4.1.2 names the label, not the truth).
"""

from __future__ import annotations

import re
from functools import cache

from bot.core.words.folding import GETA

_LABELS = {
    "ascii": "ascii us-ascii ansi-x3.4-1968 iso646-us 646",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 utf-8-mac",
    "utf-16": "utf-16 utf16",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    # What is labelled Latin-1 is Windows text in practice: https://encoding.spec.whatwg.org/#names-and-labels
    "cp1252": "iso-8859-1 iso8859-1 latin1 latin-1 l1 windows-1252 cp1252 ansi",
    "iso8859_8": "iso-8859-8 iso-8859-8-i iso-8859-8-e",
    "cp1254": "iso-8859-9 iso8859-9 latin5 windows-1254 cp1254",
    "cp874": "iso-8859-11 tis-620 windows-874 cp874",
    "koi8_r": "koi8-r koi8",
    "koi8_u": "koi8-u koi8-ru",
    "mac_roman": "macintosh x-mac-roman",
    "mac_cyrillic": "x-mac-cyrillic",
    "gb18030": "gb18030 gbk x-gbk cp936 gb2312 gb-2312-80 euc-cn",
    "big5hkscs": "big5 big5-hkscs cp950 x-big5",
    "cp949": "euc-kr ks-c-5601-1987 ks-c-5601 cp949 uhc windows-949",
    "iso2022_kr": "iso-2022-kr",
    "cp932": "shift-jis shiftjis sjis x-sjis ms-kanji cp932 ms932 windows-31j cswindows31j shift-jisx0213",
    "euc_jp": "euc-jp eucjp x-euc-jp eucjp-ms eucjp-win cp51932 euc-jisx0213 euc-jis-2004",
}
_CODECS = {
    **{label: codec for codec, labels in _LABELS.items() for label in labels.split()},
    **{f"iso{dash}8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 10, 13, 14, 15, 16) for dash in ("-", "")},
    **{f"{maker}{page}": f"cp{page}" for page in (1250, 1251, 1253, 1255, 1256, 1257, 1258) for maker in ("windows-", "cp")},
    **{f"cp{page}": f"cp{page}" for page in (437, 850, 852, 866)},
}
_OFTEN_WRONG = frozenset({"cp932", "euc_jp", "cp1252"})
_JIS_LABEL = re.compile(r"(cs)?iso-?2022-?jp(-?(ms|1|2|3|ext|2004))?|cp5022[0-9]|x-windows-iso2022jp|jis")
_ESCAPE = re.compile(rb"\x1b(\$\([@BDOPQ]|\$[@AB]|\([BJIH]|\([^\x00-\x20])")
_JIS_SIGN = re.compile(rb"\x1b(?:\$[@B]|\$\([BDOQ]|\([JI])")
_JAPANESE_RUN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\uff65-\uff9f]+")
_KANA = re.compile("[\u3041-\u30ff]")


def decode_bytes(raw: bytes, charset: str) -> str:
    """The text in `raw`; where the label is missing, unknown or plainly wrong, the best reading of the bytes themselves."""
    label = charset.strip().strip("\"'").lower().replace("_", "-").removeprefix("charset=")
    if _JIS_SIGN.search(raw) and (_JIS_LABEL.fullmatch(label) or raw.isascii()):
        return _decode_jis(raw)
    codec = _CODECS.get(label, "")
    if not codec or codec == "ascii":
        return _sniff(raw)
    strict = _attempt(raw, codec)
    if strict is None:
        return _decode_against_label(raw, codec)
    return _undeclared_utf8(raw, strict, codec=codec) if codec in _OFTEN_WRONG else strict


def _undeclared_utf8(raw: bytes, declared: str, *, codec: str) -> str:
    """Bytes that are sound UTF-8 beyond ASCII never mean Western text; where Japanese is declared, the likelier reading counts."""
    text = None if raw.isascii() else _attempt(raw, "utf-8") or _nearly_utf8(raw)
    if text is None:
        return declared
    return text if codec == "cp1252" or _likeness(text) >= _likeness(declared) else declared


def _attempt(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec).removeprefix("\ufeff")
    except (UnicodeError, ValueError):
        return None


def _decode_against_label(raw: bytes, codec: str) -> str:
    """The bytes contradict their label: undeclared UTF-8 first, then the label with its unreadable characters marked."""
    if codec == "cp1252":
        return _attempt(raw, "utf-8") or _nearly_utf8(raw) or raw.decode("cp1252", "surrogateescape").translate(_C1_OF_SURROGATE)
    if codec != "utf-8" and (text := _attempt(raw, "utf-8")) is not None:
        return text
    if (mended := _nearly_utf8(raw)) is not None:
        return mended
    if codec == "euc_jp":
        return _decode_euc(raw)
    marked = raw.decode(codec, "replace")
    if marked.count("\ufffd") * 4 <= sum(1 for char in marked if char > "\x7f"):
        return marked.replace("\ufffd", GETA)
    return _sniff(raw)


_C1_OF_SURROGATE = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}


_MOST_OF_IT = 0.8
"""Of the bytes beyond ASCII: text of another encoding hardly ever holds so much that happens to be UTF-8."""


def _nearly_utf8(raw: bytes) -> str | None:
    """A sound UTF-8 text but for a few damaged bytes, these marked; None where it is no such text."""
    marked = raw.decode("utf-8", "replace")
    beyond = sum(1 for byte in raw if byte >= 0x80)
    sound = sum(len(char.encode()) for char in marked if "\x7f" < char != "\ufffd")
    return marked.replace("\ufffd", GETA).removeprefix("\ufeff") if sound >= _MOST_OF_IT * max(beyond, 1) else None


def _sniff(raw: bytes) -> str:
    """No label to go by: UTF-8, also with a few damaged bytes, then the Japanese encodings where they give Japanese text, else Western European."""
    if (text := _attempt(raw, "utf-8")) is not None:
        return text
    if (mended := _nearly_utf8(raw)) is not None:
        return mended
    readings = [(_likeness(text), text) for codec in ("euc_jp", "cp932") if (text := _attempt(raw, codec)) is not None]
    likeness, text = max(readings, default=(0.0, ""))
    if likeness > 0.5:
        return text
    marked = raw.decode("utf-8", "replace")
    if 0 < marked.count("\ufffd") * 8 < sum(1 for char in marked if char > "\x7f"):
        return marked.replace("\ufffd", GETA)
    return raw.decode("cp1252", "surrogateescape").translate(_C1_OF_SURROGATE)


def _likeness(text: str) -> float:
    """How far the non-ASCII characters look like Japanese: they come in runs, hold kana, and seldom half-width kana."""
    others = sum(1 for char in text if char > "\x7f")
    if not others:
        return 0.0
    runs = [run for run in _JAPANESE_RUN.findall(text) if len(run) > 1]
    inside = sum(len(run) for run in runs)
    half_width = sum(1 for char in text if "\uff61" <= char <= "\uff9f")
    kana = len(_KANA.findall(text))
    return (inside - half_width) / others + (0.5 if kana * 5 > others else 0.0)


def _decode_euc(raw: bytes) -> str:
    """EUC-JP with the vendor rows of eucJP-ms (13, 89-92): such a pair is read by way of Shift_JIS."""
    text: list[str] = []
    place = 0
    while place < len(raw):
        width = 1 if raw[place] < 0x80 else 3 if raw[place] == 0x8F else 2
        piece = raw[place : place + width]
        text.append(_of_euc(piece))
        place += width
    return "".join(text)


@cache
def _of_euc(piece: bytes) -> str:
    read = _attempt(piece, "euc_jp")
    if read is None and len(piece) == 2 and min(piece) >= 0xA1:
        read = _jis_pair(piece[0] & 0x7F, piece[1] & 0x7F)
    return GETA if read is None else read


def _decode_jis(raw: bytes) -> str:
    """ISO-2022-JP as Windows and phones write it (CP50220): vendor rows, half-width kana, missing returns to ASCII.

    >>> _decode_jis(b"\\x1b$B-!\\x1b(B CLAIM")
    '① CLAIM'
    """
    text: list[str] = []
    place, mode = 0, b"(B"
    for escape in _ESCAPE.finditer(raw):
        text.append(_decode_segment(raw[place : escape.start()], mode))
        place, mode = escape.end(), escape.group(1)
    text.append(_decode_segment(raw[place:], mode))
    return "".join(text)


def _decode_segment(segment: bytes, mode: bytes) -> str:
    """A run of bytes in one character set; a line break always ends a two-byte run (RFC 1468)."""
    if mode in (b"$@", b"$B", b"$(B", b"$(@", b"$(D", b"$(O", b"$(P", b"$(Q"):
        runs = re.split(rb"(\r?\n)", segment, maxsplit=1)
        rest = "".join(_decode_segment(run, b"(B") for run in runs[1:])
        return _decode_pairs(runs[0], mode) + rest
    if mode == b"(I":
        return bytes(byte | 0x80 if 0x21 <= byte < 0x60 else byte for byte in segment).decode("cp932", "replace").replace("\ufffd", GETA)
    if segment.isascii():
        return segment.replace(b"\x0e", b"").replace(b"\x0f", b"").decode("ascii")
    return _sniff(segment)


def _decode_pairs(segment: bytes, mode: bytes) -> str:
    text: list[str] = []
    place = 0
    while place < len(segment):
        first = segment[place]
        second = segment[place + 1] if place + 1 < len(segment) else 0
        if 0x21 <= first <= 0x7E and 0x21 <= second <= 0x7E:
            text.append(_of_plane(first, second, mode))
            place += 2
        else:
            text.append(chr(first) if first < 0x80 else _decode_half_kana(first))
            place += 1
    return "".join(text)


def _decode_half_kana(byte: int) -> str:
    return chr(byte - 0xA1 + 0xFF61) if 0xA1 <= byte <= 0xDF else GETA


@cache
def _of_plane(first: int, second: int, mode: bytes) -> str:
    if mode == b"$(D":
        return _attempt(bytes((0x8F, first | 0x80, second | 0x80)), "euc_jp") or GETA
    if mode in (b"$(O", b"$(Q"):
        return _attempt(bytes((first | 0x80, second | 0x80)), "euc_jis_2004") or GETA
    if mode == b"$(P":
        return _attempt(bytes((0x8F, first | 0x80, second | 0x80)), "euc_jis_2004") or GETA
    return _jis_pair(first, second) or GETA


@cache
def _jis_pair(first: int, second: int) -> str | None:
    """A JIS X 0208 pair re-mapped to Shift_JIS, where cp932 knows the vendor rows that no ISO-2022-JP codec knows."""
    lead = ((first - 0x21) >> 1) + 0x81
    if lead > 0x9F:
        lead += 0x40
    trail = second + 0x7E if first % 2 == 0 else second + (0x1F if second < 0x60 else 0x20)
    return _attempt(bytes((lead, trail)), "cp932")
