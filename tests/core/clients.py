"""A generator of mail as clients write it: charset × transfer encoding × quoting style × dash × digit width × language."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

CHARSETS = {
    "iso-2022-jp": "iso2022_jp_ext", "ISO-2022-JP-MS": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext", "Shift_JIS": "cp932",
    "windows-31j": "cp932", "EUC-JP": "euc_jp",
    "UTF-8": "utf-8", "": "utf-8", "us-ascii": "utf-8", "iso-8859-1": "utf-8",
}  # fmt: skip
WORDS = {"en": ("CLAIM", "claim", "Claim"), "ja": ("受任", "担当")}
DASHES = "-－−ー‐–—"
SPACES = (" ", "　", "  ", "\t")
FULL_WIDTH = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
)
LETTER = (
    "いつもお世話になっております。", "JAR-2026-098  難民不認定処分の取消訴訟、東京、期限 11月20日",
    "Claim by answering this letter with the number of the case.", "JAR-2026-099  収容、名古屋",
)  # fmt: skip

Style = Callable[[str, list[str]], str]


def _marked(attribution: str, mark: str) -> Style:
    return lambda own, quoted: own + f"\n\n{attribution}\n" + "\n".join(mark + line for line in quoted) + "\n"


def _unmarked(head: str) -> Style:
    return lambda own, quoted: own + f"\n\n{head}\n\n" + "\n".join(quoted) + "\n"


def _below(attribution: str) -> Style:
    return lambda own, quoted: f"{attribution}\n" + "\n".join("> " + line for line in quoted) + f"\n\n{own}\n"


STYLES: dict[str, Style] = {
    "gmail ja": _marked("2026年11月2日(月) 9:00 事務局 <cases@example.org>:", "> "),
    "gmail en": _marked("On Mon, Nov 2, 2026 at 9:00 AM Desk <cases@example.org> wrote:", "> "),
    "iphone ja": _marked("iPhoneから送信\n\n2026/11/02 9:00、事務局 <cases@example.org>のメール:", "> "),
    "full-width marks": _marked("2026/11/02 9:00、事務局 さんは書きました:", "＞"),
    "becky": _marked("On Mon, 2 Nov 2026 09:00:00 +0900\n事務局 <cases@example.org> wrote:", "> "),
    "outlook ja": _unmarked("差出人: 事務局 <cases@example.org>\n送信日時: 2026年11月2日 9:00\n宛先: 山田\n件名: 案件一覧"),
    "outlook en": _unmarked("From: Desk <cases@example.org>\nSent: Monday, November 2, 2026 9:00 AM\nTo: Taro\nSubject: Cases"),
    "original message": _unmarked("-----Original Message-----\nFrom: Desk\nSent: Monday, November 2, 2026"),
    "moto no message": _unmarked("-----元のメッセージ-----"),
    "phone ja": _unmarked("2026年11月2日(月) 9:00 事務局 <cases@example.org>:"),
    "bottom": _below("2026/11/02 9:00、事務局 wrote:"),
    "bottom en": _below("On 02/11/2026 09:00, Desk wrote:"),
    "signature": lambda own, quoted: own + "\n\n-- \n弁護士 山田太郎\n" + "\n".join(quoted) + "\n",
}


@dataclass(frozen=True)
class Written:
    """A mail as bytes, the command its sender wrote (in its plain form) and the one that it quotes."""

    raw: bytes
    own: str
    quoted: str


def encodes(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeError:
        return False
    return True


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
    label = draw(st.sampled_from(sorted(CHARSETS)))
    own = draw(commands("014")) if has_own else draw(st.sampled_from(("ありがとうございます。", "thank you", "検討します")))
    quoted = draw(commands("099"))
    at = draw(st.integers(0, len(LETTER)))
    text = STYLES[draw(st.sampled_from(sorted(STYLES)))](own, [*LETTER[:at], quoted, *LETTER[at:]])
    codec = CHARSETS[label]
    if not encodes(text, codec):
        label, codec = "UTF-8", "utf-8"
    encoding = draw(st.sampled_from(("7bit", "8bit", "base64", "quoted-printable")))
    content_type = f'Content-Type: text/plain; charset="{label}"' if label else "Content-Type: text/plain"
    head = f"From: taro@example.com\r\nSubject: Re\r\n{content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    line_end = draw(st.sampled_from(("\n", "\r\n")))
    return Written(head.encode() + transferred(text.replace("\n", line_end).encode(codec), encoding), own, quoted)
