"""One text in a form that can be searched, which still knows where every letter stood in what the person wrote.

Given a text, gives a `Folded`: full width to ASCII, half-width kana to full, every dash and space of one sort, nothing invisible.
Reads whatever staff pasted; one pass, and it never raises.
Never loses case or accents: those go in `letter_key`, the form in which single words are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

LONGEST_READ = 40_000
"""Nothing longer comes through intake; what is beyond is not looked at."""

KANJI = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA = "\u3041-\u309f"
KANJI_DIGITS = frozenset("〇○零一二三四五六七八九")
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"

_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_IS_KANJI, _IS_HIRAGANA, _IS_KATAKANA = (re.compile(f"[{letters}]") for letters in (KANJI, HIRAGANA, KATAKANA))

# Letters that keep no base letter when their accents are taken off, and forms of Arabic letters that names are typed with.
_PLAIN_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e", "ħ": "h"}
    | dict(zip("أإآٱىيئكةؤ", "ااااییی" + "کهو", strict=True))
    | {"ـ": None}
)
_OLD_KANJI = str.maketrans(
    "髙﨑邊邉齋齊斎澤濱廣國黑嶋嶌櫻槇眞惠德瀨邨冨龍濵渕彌條靜壽榮张刘陈杨赵吴吳孙罗郑谢韩冯邓萧吕蒋卢黃伟丽强军艳杰涛华红兰凤飞龙辉鹏云东习叶钟苏许严顾马贾陆寶滨賓丰荣會繼剑劍瀧寬禮齡專學亞豐關藝曉權",
    "高崎辺辺斉斉斉沢浜広国黒島島桜槙真恵徳瀬村富竜浜淵弥条静寿栄張劉陳楊趙呉呉孫羅鄭謝韓馮鄧蕭呂蔣盧黄偉麗強軍艶傑濤華紅蘭鳳飛竜輝鵬雲東習葉鍾蘇許厳顧馬賈陸宝浜浜豊栄会継剣剣滝寛礼齢専学亜豊関芸暁権",
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`starts` and `ends` say, for each letter of `text`, where it began and ended in `original`."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """The original of ``text[start:end]``."""
        return self.original[self.starts[start] : self.ends[end - 1]]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one sort in a folded text: `alphabetic` (of any such script), `katakana`, `hiragana`, `kanji`, or `""` for the rest."""

    sort: str
    start: int
    end: int


@lru_cache(maxsize=16)
def fold(original: str) -> Folded:
    """The searchable form of a text.

    >>> fold("ＴＥＬ０３ー１２３４").text
    'TEL03-1234'
    """
    if original.isascii():
        length = min(len(original), LONGEST_READ)
        return Folded(original, original[:length], tuple(range(length)), tuple(range(1, length + 1)))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(original[:LONGEST_READ]):
        cluster = original[start:end]
        for letter in cluster if cluster.isascii() else _shaped(cluster):
            # A long-vowel mark after a digit is a dash from a Japanese keyboard.
            is_dash = letter == "ー" and letters and (letters[-1].isdigit() or letters[-1] in KANJI_DIGITS)
            letters.append("-" if is_dash else letter)
            starts.append(start)
            ends.append(end)
    return Folded(original, "".join(letters), tuple(starts), tuple(ends))


def squeeze(folded: Folded) -> Folded:
    """The same without the spaces and middle dots that stand between the parts of a Japanese name; letters as `letter_key` has them."""
    kept = [at for at, letter in enumerate(folded.text) if letter not in " ・=·"]
    # Outside kanji and kana the first letter will do: only those are looked for in this form.
    text = "".join((letter_key(folded.text[at]) or folded.text[at])[0] for at in kept)
    return Folded(folded.original, text, tuple(folded.starts[at] for at in kept), tuple(folded.ends[at] for at in kept))


def letter_key(word: str) -> str:
    """A word as it is compared: small letters, no accents, katakana as hiragana, old and simplified kanji as new.

    >>> letter_key("ŞAHİN"), letter_key("サトウ"), letter_key("髙澤")
    ('sahin', 'さとう', '高沢')
    """
    bare = "".join(_without_accent(letter) for letter in word.casefold())
    return bare.translate(_PLAIN_LETTERS).translate(_OLD_KANJI)


@lru_cache(maxsize=64)
def runs(text: str) -> tuple[Run, ...]:
    """The whole text, run by run."""
    found: list[Run] = []
    at = 0
    for sort, group in groupby(_sorts(text)):
        end = at + sum(1 for _ in group)
        found.append(Run(sort, at, end))
        at = end
    return tuple(found)


def may_begin_name(letter: str) -> bool:
    """Whether a name may begin with it: also in a script that has no small letters or, as Georgian, writes names with them."""
    return letter.isupper() or letter.lower() == letter.upper() or "\u10d0" <= letter <= "\u10ff"


def is_kanji(letter: str) -> bool:
    return bool(_IS_KANJI.match(letter))


def is_hiragana(letter: str) -> bool:
    return bool(_IS_HIRAGANA.match(letter))


def _sorts(text: str) -> Iterator[str]:
    before = ""
    for letter in text:
        sort = _sort(letter)
        before = sort if sort != "mark" else "alphabetic" if before == "alphabetic" else ""
        yield before


@lru_cache(maxsize=8_192)
def _sort(letter: str) -> str:
    """As `Run` has it, or `mark` for what belongs to the letter before it."""
    if _IS_KATAKANA.match(letter):
        return "katakana"
    if _IS_HIRAGANA.match(letter):
        return "hiragana"
    if _IS_KANJI.match(letter):
        return "kanji"
    if letter.isalpha():
        return "alphabetic"
    return "mark" if unicodedata.category(letter)[0] == "M" else ""


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each letter with the marks that belong to it: ``ｶﾞ`` is one."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _continues(text[at]):
            yield start, at
            start = at


@lru_cache(maxsize=8_192)
def _continues(letter: str) -> bool:
    return letter in "ﾞﾟ" or "\u1160" <= letter <= "\u11ff" or (letter > "\u02ff" and unicodedata.category(letter) == "Mn")


@lru_cache(maxsize=8_192)
def _shaped(cluster: str) -> str:
    return "".join(_shape(letter) for letter in unicodedata.normalize("NFKC", "".join(map(_shape, cluster))))


def _shape(letter: str) -> str:
    if letter in _DASHES:
        return "-"
    category = unicodedata.category(letter)
    if category in ("Cf", "Cc", "Cs"):
        return ""
    if category == "Zs":
        return " "
    digit = unicodedata.decimal(letter, None) if category == "Nd" else None
    return letter if digit is None else str(digit)


@lru_cache(maxsize=8_192)
def _without_accent(letter: str) -> str:
    if letter.isascii():
        return letter
    if "ァ" <= letter <= "ヶ":
        return chr(ord(letter) - 0x60)
    if _IS_HIRAGANA.match(letter) or "가" <= letter <= "힣" or "\u0900" <= letter <= "\u0dff":
        return letter  # in Indian letters a mark is the vowel
    return "".join(part for part in unicodedata.normalize("NFD", letter) if unicodedata.category(part) != "Mn")
