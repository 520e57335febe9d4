"""Japanese headings, parted where one would take a breath.

Given the words of a heading as HTML, gives them with a place to break (``<wbr>``) between phrases, at as few of them as a small screen
needs; the stylesheet forbids every other break (``word-break: keep-all``), so that no mail program parts 引き続き in the middle.
Mail programs that know neither break where they like. Never touches a tag, an entity, or words that are not Japanese.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from bot.shell.letters.layout import is_hiragana, width
from bot.shell.letters.scrub import SIGNS

_JAPANESE = r"\u3041-\u309f\u30a1-\u30ff\u3005\u4e00-\u9fff"
_RUN = re.compile(rf"(?:<[^>]*>|&[^;\s]{{1,10}};)|([{_JAPANESE}、。：！？）」』（「『A-Za-z0-9{SIGNS}〜・\xa0]+)")
_AFTER = frozenset("、。：！？）」』・")
_BEFORE = frozenset("（「『")
_PREFIXES = frozenset("おご")
_STEMS = frozenset("いきぎしちびみりえけげせねべめれ")
"""How the first half of a compound verb ends, as 取り in 取り置く: a single such sign between two kanji ends no phrase."""
_ONE_LINE = 24
"""Columns of a heading that even a small phone shows on one line."""
_WHOLE = ("引き続き", "もう一度", "やり取り", "その後")
"""Words that the signs alone would part."""
_OPENING = "ありがとう"
"""Begins a phrase, whatever stands before it."""


def phrased(words: str) -> Markup:
    """
    >>> phrased("今もお引き受けいただけますか")
    Markup('今も<wbr>お引き受けいただけますか')
    """
    return Markup(_RUN.sub(lambda found: _parted(found[1]) if found[1] else found[0], str(escape(words))))


@lru_cache(maxsize=1024)
def _parted(run: str) -> str:
    """As few lines as a small screen needs, of as even a length as they can be."""
    parts = phrases(run)
    fewest = len(_lines(parts, _ONE_LINE))
    return "<wbr>".join(next(lines for most in range(1, _ONE_LINE + 1) if len(lines := _lines(parts, most)) == fewest))


def _lines(parts: list[str], most: int) -> list[str]:
    """Phrases joined as long as they are together not wider than so many columns."""
    lines = parts[:1]
    for part in parts[1:]:
        if _columns(lines[-1] + part) <= most:
            lines[-1] += part
        else:
            lines.append(part)
    return lines


def _columns(text: str) -> float:
    """As bold letters are set: a Latin letter or a digit is wider than half of a kanji."""
    return width(text) + sum(0.2 for sign in text if sign.isascii() or sign in SIGNS)


def phrases(text: str) -> list[str]:
    """The text in phrases; joined they are the text again.

    >>> phrases("11月のご案内を止めました")
    ['11月の', 'ご案内を', '止めました']
    """
    starts = [place for place in range(1, len(text)) if _begins(text, place)]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _begins(text: str, place: int) -> bool:
    """Whether a phrase begins at this place."""
    before, sign = text[place - 1], text[place]
    if sign in _AFTER or before in _BEFORE:
        return False
    if any(text.startswith(word, place - within) for word in _WHOLE for within in range(1, len(word))):
        return False
    if before in _AFTER or sign in _BEFORE or text.endswith(_WHOLE, 0, place) or text.startswith(_OPENING, place):
        return True
    if sign in _PREFIXES and is_hiragana(before) and place + 1 < len(text) and not is_hiragana(text[place + 1]):
        return True
    return is_hiragana(before) and not is_hiragana(sign) and not _is_inside(text, place)


def _is_inside(text: str, place: int) -> bool:
    """After an honorific, or between the two halves of a compound verb."""
    before = text[place - 1]
    is_single = place < 2 or not is_hiragana(text[place - 2])
    if before in _PREFIXES and (is_single or _begins(text, place - 1)):
        return True
    return is_single and before in _STEMS and place >= 2 and not (text[place].isascii() or text[place].isdecimal())
