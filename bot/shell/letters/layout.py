"""The text part, set in lines of 72 columns.

Given a paragraph, gives lines wrapped by East-Asian width with the line-breaking rules of both languages: Japanese breaks between
characters but never before 。 or after 「; a command that a sentence shows stays on the line of the word before it, so that no line
begins with one; a link is never broken. Never makes a line longer than a mail may have (RFC 5322 2.1.1), whatever it is given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

WIDTH = 72

Shuns = Callable[[str], bool]

KEPT_START, KEPT_END = "\ue000", "\ue001"
"""Put round what must stay in one piece and never begin a line. Private-use signs: scrubbing takes them out of every fact."""

_NO_START = frozenset("、。，．・：；？！）」』】〕〉》”’ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々ゝゞ…‥％%)]},.:;?!’")
_STOPS = frozenset("、。，．：；！？）」』】")
_NO_END = frozenset("（「『【〔〈《“‘([{")
_LONGEST_PIECE = 400
_MOST_MENDED = 20
_TOGETHER = 3
_FARTHEST = 12
_SEAM = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uff60])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uff60])|(?<=[、。，．：；！？）」』】])\s*\n\s*")
_DATE = re.compile(r"(\d{4}年(?:\d{1,2}月(?:\d{1,2}日(?:\([月火水木金土日]\))?)?)?|\d{1,2}月\d{1,2}日(?:\([月火水木金土日]\))?)")
_KEPT = re.compile(f"[{KEPT_START}{KEPT_END}]")


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """Columns on a terminal: two for a wide character, none for a combining one.

    >>> width("JAR 案件")
    8
    """
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(sign) else 2 if _is_wide(sign) else 1 for sign in text)


# A circulation sets the same case for every reader.
@lru_cache(maxsize=512)
def fill(text: str, *, indent: str = "", first: str | None = None, columns: int = WIDTH, shuns: Shuns = lambda line: False) -> str:
    """One paragraph as lines. `first` replaces the indent of the first line (a bullet, a label).

    A line that `shuns` would not have takes the last piece of the line before it along.
    """
    pieces = list(_pieces(text))
    opening = indent if first is None else first
    breaks: set[int] = set()
    for _ in range(_MOST_MENDED):
        lines = _set(pieces, opening, indent, columns, breaks)
        bad = next((start for start, line in lines[1:] if shuns(line.strip())), None)
        earlier = [start for start, _ in lines if bad is not None and start < bad]
        if bad is None or bad - 1 == earlier[-1]:
            break
        breaks.add(bad - 1)
    return "\n".join(line.rstrip() for _, line in lines)


def fill_lines(text: str, *, indent: str = "", columns: int = WIDTH, shuns: Shuns = lambda line: False) -> str:
    """Free text with its own line breaks kept, each line wrapped."""
    lines = text.strip("\n").split("\n")
    return "\n".join(fill(line, indent=indent, columns=columns, shuns=shuns) if line.strip() else "" for line in lines)


def seamless(text: str) -> str:
    """Line breaks beside Japanese signs taken out where Japanese has no space.

    >>> seamless("期限は\\n12月です。\\n次の行")
    '期限は\\n12月です。次の行'
    """
    return _SEAM.sub("", text)


def tidy(text: str) -> str:
    """The whole text: no space at line ends, never two empty lines, one newline at the end."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _set(pieces: list[tuple[str, str]], opening: str, indent: str, columns: int, breaks: set[int]) -> list[tuple[int, str]]:
    """Lines as full as they may be, each with the number of its first piece; a new one begins before each of `breaks`."""
    lines: list[tuple[int, str]] = []
    start, line, used = 0, opening, width(opening)
    for number, (space, piece) in enumerate(pieces):
        size = width(piece)
        if number > start and (number in breaks or used + len(space) + size > columns):
            lines.append((start, line))
            start, line, used = number, indent, width(indent)
        gap = space if number > start else ""
        line, used = line + gap + piece, used + len(gap) + size
    return [*lines, (start, line)]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Each unbreakable piece of a paragraph with the space that stands before it."""
    pieces: list[tuple[str, str]] = []
    for gap, atom in _atoms(seamless(text)):
        is_kept = atom[0] == KEPT_START
        if is_kept:
            _join_word(pieces)
        atom = _KEPT.sub("", atom)
        if pieces and (is_kept or (not gap and (atom[0] in _NO_START or pieces[-1][1][-1] in _NO_END))):
            space, piece = pieces.pop()
            pieces.append((space, piece + gap + atom))
        else:
            pieces.append((gap, atom))
    for space, piece in pieces:
        if len(piece) <= _LONGEST_PIECE:
            yield space, piece
        else:
            yield from _cut(space, piece)


def _join_word(pieces: list[tuple[str, str]]) -> None:
    """Before a Japanese sentence shows a command, the phrase before it stays together: 保管してあり、「…」, not 保管/してあり、「…」."""
    for _ in range(_phrase(pieces)):
        (space, piece), (_, last) = pieces[-2:]
        pieces[-2:] = [(space, piece + last)]


def _phrase(pieces: list[tuple[str, str]]) -> int:
    """How many joints the last phrase has: a phrase begins after a stop or a space, or where the syllabary gives way to another script."""
    for joint in range(min(_FARTHEST, len(pieces) - 1)):
        (gap, last), (_, before) = pieces[-1 - joint], pieces[-2 - joint]
        if gap or not _is_wide(last[0]) or not _is_wide(before[-1]) or before[-1] in _STOPS:
            return joint
        if joint and is_hiragana(before[-1]) and before[-1] not in "おご" and not is_hiragana(last[0]):
            return joint
    return min(_TOGETHER, len(pieces) - 1)


def _atoms(text: str) -> Iterator[tuple[str, str]]:
    gap = ""
    for part in re.split(f"({KEPT_START}[^{KEPT_END}]*{KEPT_END}|\\s+)", text):
        if not part or part.isspace():
            gap = " " if part else gap
        elif part[0] == KEPT_START or part.isascii():
            yield gap, part
            gap = ""
        else:
            for run in _DATE.split(part):
                for piece in (run,) if _DATE.fullmatch(run) else _signs(run):
                    yield gap, piece
                    gap = ""


def _signs(run: str) -> Iterator[str]:
    """Each wide sign for itself, and what is narrow between them as a word."""
    word = ""
    for sign in run:
        if not _is_wide(sign):
            word += sign
            continue
        if word:
            yield word
            word = ""
        yield sign
    if word:
        yield word


def _cut(space: str, piece: str) -> Iterator[tuple[str, str]]:
    """A piece too long for any line in parts; a link of ours is never that long."""
    for start in range(0, len(piece), WIDTH - 8):
        yield (space if start == 0 else ""), piece[start : start + WIDTH - 8]


def is_hiragana(sign: str) -> bool:
    return "\u3041" <= sign <= "\u309f"


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
