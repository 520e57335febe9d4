"""Letters that stand for somebody: ``client Z.``, ``Mr W.``, 「Wさん」, 「K・Mさん」.

Given a folded text and the first letters of the names in the confidential part, gives spans of the kind `initials`.
The text is prose; one letter counts only where it is the first of a name, since A, B and X are what one calls those whom one does not name.
Never takes a letter without a title, a role or a さん beside it, and no abbreviation: ``client U.S.`` is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.anonymity import tables
from bot.core.anonymity.folding import is_hiragana, is_kanji
from bot.core.anonymity.naming import Name
from bot.core.anonymity.patterns import Span
from bot.core.anonymity.readings import other_spellings
from bot.core.anonymity.scripts import is_cyrillic, slavic_skeleton
from bot.core.anonymity.sounds import sound

_TITLE = r"\b(?i:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.? ?"
_ROLE = (
    r"\b(?i:client|applicant|appellant|claimant|plaintiff|wife|husband|spouse|son|daughter|brother|sister|mother|father)"
    r"(?i:,? (?:called|named))?,? "
)
_ROLE_IN_JAPANESE = "(?:依頼者|申請者|申請人|本人|原告|夫|妻|父|母|兄|弟|姉|妹|長男|長女|次男|次女|息子|娘)の?"
_HONORIFIC = " ?(?:さん|氏(?![名族神])|様|さま|ちゃん|くん|君|夫妻)"
_ONE = r"(?P<letters>[A-Z])(?![\w-])(?!\.[A-Za-z])(?<!\bI)"
_SEVERAL = r"(?P<letters>[A-Z]\.(?: ?[A-Z]\.){1,3}|[A-Z](?:[.・=-] ?[A-Z]){1,3}\.?)"
_STANDS = (re.compile(rf"(?:{_TITLE}|{_ROLE}){_ONE}"), re.compile(rf"(?<![A-Za-z.・-])(?P<letters>[A-Z])\.?{_HONORIFIC}"),
           re.compile(rf"{_ROLE_IN_JAPANESE}(?P<letters>[A-Z])(?![A-Za-z0-9-])"))  # fmt: skip
_SPELT = (re.compile(rf"(?:{_TITLE}|{_ROLE}){_SEVERAL}(?![A-Za-z])"), re.compile(rf"(?<![A-Za-z.・-]){_SEVERAL}{_HONORIFIC}"))
_ANYBODY = frozenset("DEFGHJKLMNOPQRSTUVWZ")
"""Where nothing tells how a name is spelt in Latin letters: all but those that stand for whom one does not name."""


def lettered(text: str, letters: frozenset[str]) -> Iterator[Span]:
    """Two letters or more with a title count whoever they are."""
    for pattern in _SPELT:
        for match in pattern.finditer(text):
            if "".join(filter(str.isalpha, match["letters"])).lower() not in tables.ABBREVIATIONS:
                yield Span("initials", match.start(), match.end())
    for pattern in _STANDS:
        for match in pattern.finditer(text):
            if match["letters"] in letters:
                yield Span("initials", match.start(), match.end())


def first_letters(names: list[Name]) -> frozenset[str]:
    """In capitals, of each word of every person's name, however it is written.

    >>> sorted(first_letters([Name(("zahra", "ahmadi"))]))
    ['A', 'Z']
    """
    return frozenset(letter.upper() for name in names if not name.is_company for letter in _letters_of(name))


def _letters_of(name: Name) -> Iterator[str]:
    for word in (*name.words, *(word for words in other_spellings(name.words) for word in words)):
        if word.isascii():
            yield word[0]
        elif is_hiragana(word[0]):
            yield from sound(word)[:1]
        elif is_cyrillic(word):
            yield from slavic_skeleton(word)[:1]
        elif not is_kanji(word[0]):
            yield from _ANYBODY
