"""Pieces of Japanese and hangul: which say what somebody is, and which are what somebody is called.

Given a text as `fold` gives it, gives the words of the names that stand in it, whatever language is around them.
The text is a confidential field in Japanese, or in English with names in their own letters between (``Son 高橋 健太郎.``).
Never takes kanji for a name for standing there: tables, the letters of given names, or a word such as ``son`` before them must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.anonymity import tables
from bot.core.anonymity.folding import HIRAGANA, KANJI, KATAKANA, Run, letter_key, runs
from bot.core.anonymity.readings import Words, is_chinese_name, is_given_name, is_korean_name, parts_of

HONORIFIC_END = re.compile(r"(?:さん|氏|様|さま|殿|ちゃん|くん)$")
_IS_JAPANESE = re.compile(f"[{KANJI}{HIRAGANA}{KATAKANA}]")
_HANGUL_PARTICLE = re.compile("(?:은|는|이|가|의|을|를|에게|씨|님|과|와)?")
_CALLED_IN_ENGLISH = re.compile(
    r"\b(?:mr|mrs|ms|names?|named|called|client|applicant|appellant|claimant|plaintiff|husband|wife|spouse|son|daughter|brother|sister|"
    r"father|mother|uncle|aunt|cousin)(?: is| was)?(?: called| named)?[.:,]? ?[\"“「『(]?"
    rf"(?P<name>(?:[{KANJI}]{{1,6}}|[{KATAKANA}]{{2,15}}(?:[・=][{KATAKANA}]{{2,15}}){{0,3}})(?: [{KANJI}]{{1,4}})?)(?![{KANJI}{HIRAGANA}{KATAKANA}])",
    re.IGNORECASE,
)


def describes(piece: str) -> bool:
    """Whether a piece of Japanese says what somebody is, not what they are called."""
    if piece in tables.ROLES_IN_KANJI or piece.endswith(tuple("者員官師庁局署課")):
        return True
    return any(word in piece for word in tables.DESCRIPTIONS)


def without_role(piece: str) -> str:
    """``田中`` of ``依頼者田中``."""
    name = piece
    for word in tables.DESCRIPTIONS:
        name = name.rpartition(word)[2]
    return name.lstrip("者人方中側") if name != piece else name


def kanji_names(text: str) -> Iterator[Words]:
    """Those that the tables know, written in one or with a space, and a given name that stands apart from any Japanese."""
    before = ""
    for run in runs(text):
        piece = text[run.start : run.end]
        if run.sort != "kanji":
            before = before if piece == " " else ""
            continue
        name = letter_key(without_role(HONORIFIC_END.sub("", piece)))
        if before and parts_of(before + name) == (before, name):
            yield before, name
        elif parts_of(name) or is_chinese_name(name) or (is_given_name(name) and _stands_apart(text, run)):
            yield (name,)
        before = name


def _stands_apart(text: str, run: Run) -> bool:
    return not _IS_JAPANESE.match(text[run.start - 1 : run.start]) and not _IS_JAPANESE.match(text, run.end)


def hangul_names(text: str) -> Iterator[str]:
    """Three syllables that begin with a common surname, and at most a particle after them."""
    for run in runs(text):
        piece = text[run.start : run.end]
        if run.sort == "alphabetic" and is_korean_name(piece[:3]) and _HANGUL_PARTICLE.fullmatch(piece, 3):
            yield piece[:3]


def named_in_english(text: str) -> Iterator[str]:
    """Japanese that a text in English introduces as somebody: ``Wife: 田中 美咲``."""
    for match in _CALLED_IN_ENGLISH.finditer(text):
        if letter_key(match["name"]) not in tables.KATAKANA_WORDS | tables.ORIGINS:
            yield match["name"]
