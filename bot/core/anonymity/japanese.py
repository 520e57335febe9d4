"""Pieces of Japanese and hangul: which say what somebody is, and which are what somebody is called.

Given a text as `fold` gives it, gives the words of the names that stand in it, whatever language is around them.
The text is a confidential field in Japanese, or in English with names in their own letters between (``Son 高橋 健太郎.``).
Never takes kanji for a name for standing there: tables, the letters of given names, or a word such as ``son`` before them must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.anonymity import tables
from bot.core.anonymity.east import Words, is_chinese_name, is_korean_name
from bot.core.anonymity.folding import HIRAGANA, KANJI, KATAKANA, Run, is_hiragana, is_kanji, letter_key, runs
from bot.core.anonymity.naming import Name
from bot.core.anonymity.readings import is_given_name, parts_of

HONORIFIC_END = re.compile(r"(?:さん|氏|様|さま|殿|ちゃん|くん)$")
_JAPANESE = f"{KANJI}{HIRAGANA}{KATAKANA}"
_PROSE = re.compile(rf"[{KANJI}][のはがをにでもへ]|[のはがをにでもへ][{KANJI}]|[{KANJI}][{HIRAGANA}]{{4}}")
_PLACE_NAME = re.compile("|".join(("..+[都府県]", "..+[市区]", *tables.ORIGINS_IN_KANJI)))
HONOURED = re.compile(
    rf"(?P<name>[{KANJI}]{{1,8}}|[{KATAKANA}][{KATAKANA}・=]{{1,30}}|[A-Z][a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}}){{0,3}}) ?"
    r"(?:さん(?!ぽ)|氏(?![名族神])|(?<![同仕多模異])様(?![々子式態相変])|さま|ちゃん)"
)
_NOT_HONOURED = tables.KATAKANA_WORDS | frozenset(word for word in tables.ORDINARY if not is_hiragana(word[0]))
_NO_NAMES = frozenset("所 名 一人 二人 三人 両 某 摂 華 一 有 王 神 各 諸 甲 乙 丙 丁 何 外国人".split())
DOTTED_KATAKANA = re.compile(rf"[{KATAKANA}]{{2,15}}(?:[・=][{KATAKANA}]{{2,15}}){{1,4}}")
_IS_JAPANESE = re.compile(f"[{KANJI}{HIRAGANA}{KATAKANA}]")
_HANGUL_PARTICLE = re.compile("(?:은|는|이|가|의|을|를|에게|씨|님|과|와)?")
_CALLED_IN_ENGLISH = re.compile(
    r"\b(?:mr|mrs|ms|names?|named|called|client|applicant|appellant|claimant|plaintiff|husband|wife|spouse|son|daughter|brother|sister|"
    r"father|mother|uncle|aunt|cousin)(?: is| was)?(?: called| named)?[.:,]? ?[\"“「『(]?"
    rf"(?P<name>(?:[{KANJI}]{{1,6}}|[{KATAKANA}]{{2,15}}(?:[・=][{KATAKANA}]{{2,15}}){{0,3}})(?: [{KANJI}]{{1,4}})?)(?![{KANJI}{HIRAGANA}{KATAKANA}])",
    re.IGNORECASE,
)


@lru_cache(maxsize=2_048)
def describes(piece: str) -> bool:
    """Whether a piece of Japanese says what somebody is, not what they are called."""
    if piece in tables.ROLES_IN_KANJI or piece.endswith(tuple("者員官師庁局署課")):
        return True
    return any(word in piece for word in tables.DESCRIPTIONS)


@lru_cache(maxsize=2_048)
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


def japanese_names(entry: str) -> Iterator[Name]:
    """Pieces between spaces: ``田中 太郎`` is one name, ``元雇用主 山田工業株式会社`` a description and a name."""
    pieces: list[str] = []
    is_company = False
    is_dotted = bool(DOTTED_KATAKANA.fullmatch(entry.replace(" ", "・")))
    for piece in re.findall(rf"[{_JAPANESE}]+", entry.replace("・", " ").replace("=", " ")):
        bare = HONORIFIC_END.sub("", piece)
        for affix in tables.COMPANY_AFFIXES:
            is_company, bare = is_company or affix in bare, bare.replace(affix, "")
        is_company = is_company or _is_institution(bare)
        if is_dotted or _is_japanese_name(bare, is_company=is_company):
            pieces.append(letter_key(bare))
    if any(is_kanji(letter) for piece in pieces for letter in piece):
        yield Name(tuple(pieces[:4]), is_spelt=False, is_company=is_company)
    spelt = [piece for piece in pieces if not any(map(is_kanji, piece))]
    if spelt:
        yield Name(tuple(spelt[:6]), is_company=is_company)


def _is_institution(piece: str) -> bool:
    return any(piece.endswith(suffix) and len(piece) > len(suffix) + 1 for suffix in tables.COMPANY_SUFFIXES)


def _is_japanese_name(piece: str, *, is_company: bool) -> bool:
    if not piece or len(piece) > 20 or letter_key(piece) in tables.ORDINARY or _PLACE_NAME.fullmatch(piece):
        return False
    return is_company or not (describes(piece) or _PROSE.search(piece))


def called(match: re.Match[str]) -> str:
    """Whoever is honoured with a さん: ``田中`` of ``依頼者田中さん``; "" where that is a role, or a letter in place of a name."""
    name = without_role(match["name"])
    title = match[0].removeprefix(match["name"]).strip()
    if not name or (name in _NO_NAMES and not (name == "王" and title in ("さん", "氏"))) or describes(name):
        return ""
    return "" if letter_key(name) in _NOT_HONOURED else name
