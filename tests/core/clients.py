"""A generator of mail as clients write it: charset × transfer encoding × text or HTML × quoting style × dash × digit width × language."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.core.quoting import ATTRIBUTIONS, HEADERS, PAGES, RULES

WORDS = {"en": ("CLAIM", "claim", "Claim"), "ja": ("受任", "担当")}
DASHES = "-－−ー‐–—―─ｰ"
SPACES = (" ", "　", "  ", "\t")
FULL_WIDTH = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
)
LETTER = (
    "いつもお世話になっております。", "JAR-2026-098  難民不認定処分の取消訴訟、東京、期限 11月20日",
    "Claim by answering this letter with the number of the case.", "JAR-2026-099  収容、名古屋",
)  # fmt: skip
GREETINGS = ("", "お世話になっております。", "㈱山田法務 髙橋①です。", "ｶﾌﾞｼｷｶﾞｲｼｬ ﾔﾏﾀﾞ", "Dear Ms Ito,")


def _jis(text: str) -> bytes:
    """ISO-2022-JP as Windows writes it (CP50221): vendor characters, and half-width kana by their own escape."""
    coded, mode = b"", b"(B"
    for char in text:
        raw = char.encode("cp932")
        wanted = b"(B" if char < "\x80" else b"(I" if len(raw) == 1 else b"$B"
        coded += b"" if wanted == mode else b"\x1b" + wanted
        coded += raw if wanted == b"(B" else bytes((raw[0] & 0x7F,)) if wanted == b"(I" else _jis_pair(raw)
        mode = wanted
    return coded + (b"" if mode == b"(B" else b"\x1b(B")


def _jis_pair(raw: bytes) -> bytes:
    """A Shift_JIS pair as its row and cell."""
    lead, trail = raw
    row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + 0x21
    if trail >= 0x9F:
        return bytes((row + 1, trail - 0x7E))
    return bytes((row, trail - (0x1F if trail < 0x7F else 0x20)))


def _by(codec: str) -> Callable[[str], bytes]:
    return lambda text: text.encode(codec)


CHARSETS: dict[str, Callable[[str], bytes]] = {
    **dict.fromkeys(("iso-2022-jp", "ISO-2022-JP-MS", "cp50220", "cp50221", "CSISO2022JP"), _jis),
    **dict.fromkeys(("Shift_JIS", "windows-31j", "x-sjis"), _by("cp932")),
    "EUC-JP": _by("euc_jp"), "utf-16": _by("utf-16"), "GB18030": _by("gb18030"),
    **dict.fromkeys(("UTF-8", "utf8", "", "us-ascii", "iso-8859-1", "windows-1252", "x-unknown"), _by("utf-8")),
}  # fmt: skip
"""How text is encoded by what the message says of it: the last row says nothing, or what is wrong."""

Style = Callable[[str, list[str]], str]


def _coded(text: str, label: str) -> tuple[str, bytes]:
    """The text in this charset, or in UTF-8 where the charset lacks a character, as programs do it; with the label that fits."""
    try:
        return label, CHARSETS[label](text)
    except UnicodeError:
        return "UTF-8", text.encode()


def _marked(attribution: str, mark: str) -> Style:
    return lambda own, quoted: own + f"\n\n{attribution}\n" + "\n".join(mark + line for line in quoted) + "\n"


def _unmarked(head: str) -> Style:
    return lambda own, quoted: own + f"\n\n{head}\n\n" + "\n".join(quoted) + "\n"


def _below(attribution: str) -> Style:
    return lambda own, quoted: f"{attribution}\n" + "\n".join("> " + line for line in quoted) + f"\n\n{own}\n"


def _between(attribution: str) -> Style:
    """An answer to one of the quoted lines, right below it."""

    def written(own: str, quoted: list[str]) -> str:
        lines = ["> " + line for line in quoted]
        return "\n".join([attribution, *lines[:2], "", own, "", *lines[2:]]) + "\n"

    return written


STYLES: dict[str, Style] = {
    **{f"marked below: {name}": _marked(attribution, "> ") for name, attribution in ATTRIBUTIONS.items()},
    **{f"unmarked below: {name}": _unmarked(attribution) for name, attribution in ATTRIBUTIONS.items()},
    **{f"above: {name}": _below(attribution) for name, attribution in ATTRIBUTIONS.items()},
    **{f"around: {name}": _between(attribution) for name, attribution in ATTRIBUTIONS.items()},
    **{f"header: {name}": _unmarked(header) for name, header in HEADERS.items()},
    **{f"rule: {rule}": _unmarked(rule) for rule in RULES},
    "iphone": _marked("iPhoneから送信\n\n2026/11/02 9:00、事務局 <cases@example.org>のメール:", "> "),
    "android": _unmarked("Androidスマートフォンから送信\n\n2026年11月2日(月) 9:00 事務局 <cases@example.org>:"),
    "docomo": _unmarked("-----Original Message-----\nFrom: 事務局\nDate: 2026/11/02 9:00:00\nSubject: 案件一覧"),
    "au": _marked("---- 事務局さんは書きました ----", ">"),
    "softbank": _marked("On 2026/11/02, at 9:00, 事務局 <cases@example.org> wrote:", "＞"),
    "yahoo japan": _marked("--- cases@example.org wrote:", "> "),
    "full-width marks": _marked("2026/11/02 9:00、事務局 さんは書きました:", "＞"),
    "marks without a space": _marked("2026/11/02 9:00、事務局 wrote:", ">"),
    "bars": _marked("2026/11/02 9:00、事務局 wrote:", "| "),
    "a signature between": lambda own, quoted: own + "\n\n-- \n弁護士 山田太郎\n" + "\n".join(quoted) + "\n",
}
FORMS = ("text", "flowed", "html", "both")


@dataclass(frozen=True)
class Written:
    """A mail as bytes, the command its sender wrote (in its plain form) and the one that it quotes."""

    raw: bytes
    own: str
    quoted: str


def transferred(body: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(body)
    return quopri.encodestring(body) if encoding == "quoted-printable" else body


@st.composite
def commands(draw: st.DrawFn, number: str) -> str:
    """A claim of case `number` as a person may type it."""
    dash, width, space = draw(st.sampled_from(DASHES)), draw(st.booleans()), draw(st.sampled_from(SPACES))
    word = draw(st.sampled_from(WORDS[draw(st.sampled_from(sorted(WORDS)))]))
    typed = f"{word}{space}JAR{dash}2026{dash}{number}"
    return typed.translate(FULL_WIDTH) if width else typed


@st.composite
def answers(draw: st.DrawFn, *, has_own: bool = True) -> Written:
    """An answer to our letter; with a command of its own, or with thanks only. The quotation always holds a command."""
    own = draw(commands("014")) if has_own else draw(st.sampled_from(("ありがとうございます。", "thank you", "検討します")))
    quoted = draw(commands("099"))
    at = draw(st.integers(0, len(LETTER)))
    lines = [*LETTER[:at], quoted, *LETTER[at:]]
    form = draw(st.sampled_from(FORMS))
    text = _text(draw, own, lines) if form != "html" else ""
    page = PAGES[draw(st.sampled_from(sorted(PAGES)))](own, lines) if form in ("html", "both") else ""
    head = b"From: taro@example.com\r\nSubject: Re\r\nMIME-Version: 1.0\r\n"
    if form != "both":
        kind = "text/html" if form == "html" else "text/plain; format=flowed" if form == "flowed" else "text/plain"
        return Written(head + _part(draw, kind, text or page), own, quoted)
    parts = b"".join(b"--b0\r\n" + part + b"\r\n" for part in (_part(draw, "text/plain", text), _part(draw, "text/html", page)))
    return Written(head + b'Content-Type: multipart/alternative; boundary="b0"\r\n\r\n' + parts + b"--b0--\r\n", own, quoted)


def _text(draw: st.DrawFn, own: str, lines: list[str]) -> str:
    """The greeting stands above the command, on a line of its own."""
    greeting = draw(st.sampled_from(GREETINGS))
    return STYLES[draw(st.sampled_from(sorted(STYLES)))](f"{greeting}\n\n{own}" if greeting else own, lines)


def _part(draw: st.DrawFn, kind: str, text: str) -> bytes:
    """The text in any charset that has all of it, with its MIME head."""
    label = draw(st.sampled_from(sorted(CHARSETS)))
    line_end = draw(st.sampled_from(("\n", "\r\n")))
    encoding = draw(st.sampled_from(("7bit", "8bit", "base64", "quoted-printable")))
    # utf-16 holds NUL and line ends of two bytes, which no program sends but in base64.
    encoding = "base64" if label == "utf-16" else encoding
    label, body = _coded(text.replace("\n", line_end), label)
    content_type = f'Content-Type: {kind}; charset="{label}"' if label else f"Content-Type: {kind}"
    return f"{content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + transferred(body, encoding)


@st.composite
def subjects(draw: st.DrawFn, text: str) -> bytes:
    """`text` as a Subject: an encoded word or several (RFC 2047), which programs also break inside a character."""
    label = draw(st.sampled_from(sorted(label for label in CHARSETS if label not in ("", "utf-16"))))
    prefix = draw(st.sampled_from(("", "Re: ", "RE: ", "返信: ", "Re: Re: ", "[EXT] Re: ", "Fwd: ")))
    label, raw = _coded(prefix + text, label)
    at = draw(st.integers(0, len(raw))) if draw(st.booleans()) else len(raw)
    encoding = draw(st.sampled_from("BbQq"))
    return b"\r\n ".join(_word(piece, label, encoding) for piece in (raw[:at], raw[at:]) if piece)


def _word(raw: bytes, label: str, encoding: str) -> bytes:
    coded = base64.b64encode(raw).decode() if encoding in "Bb" else "".join(f"={byte:02X}" for byte in raw)
    return f"=?{label}?{encoding}?{coded}?=".encode()


@st.composite
def named_files(draw: st.DrawFn, name: str) -> bytes:
    """The head of an attachment called `name`: RFC 2231, whole or in pieces, or as many programs do it, RFC 2047 between quotes."""
    label = draw(st.sampled_from(("iso-2022-jp", "Shift_JIS", "EUC-JP", "UTF-8", "cp50221")))
    label, raw = _coded(name, label)
    if draw(st.booleans()):
        return b'Content-Type: application/pdf; name="' + _word(raw, label, "B") + b'"\r\nContent-Disposition: attachment\r\n\r\n'
    coded = "".join(f"%{byte:02X}" for byte in raw)
    at = draw(st.integers(0, len(raw))) * 3
    pieces = (
        [f"filename*={label}''{coded}"] if draw(st.booleans()) else [f"filename*0*={label}'ja'{coded[:at]}", f"filename*1*={coded[at:]}"]
    )
    return b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n " + ";\r\n ".join(pieces).encode() + b"\r\n\r\n"
