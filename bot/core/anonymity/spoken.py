"""Whom a text speaks of as a person, in English or Japanese: the client is Zahra, Zahra's husband, 妻のアミナ, ザフラという女性.

Given a folded text, gives the pieces that are called so, and whether the words around leave it open that it is no name.
The text is a confidential field, in which the same words say what somebody is or has: a Muslim, 妻のパスポート.
Never judges a word by its shape: the tables say what is a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.core.anonymity import tables
from bot.core.anonymity.folding import KANJI, KATAKANA, is_kanji, letter_key
from bot.core.anonymity.readings import is_given_name, parts_of

_WHO = (
    r"(?:依頼者|依頼人|相談者|申請者|申請人|請求人|控訴人|被収容者|当事者|本人|クライアント|原告|元?夫|元?妻|配偶者|父親?|母親?|兄|弟|姉|妹|長男|長女|[次二三四]男|[次二三四]女|"
    r"息子|娘|子ども|子供|(?<!男)(?<!女)(?<!親)子|孫|甥|姪|叔父|叔母|伯父|伯母|祖父|祖母|義[父母兄弟姉妹]|いとこ|従兄弟|婚約者|恋人|パートナー|友人|知人|同僚|支援者|保証人|隣人)"
)
_KANA = rf"[{KATAKANA}]{{2,15}}(?:[・=][{KATAKANA}]{{2,15}}){{0,3}}(?![{KATAKANA}])"
_NAME_IN_JAPANESE = rf"[「『]?(?P<name>{_KANA}|[{KANJI}]{{2,3}}(?![{KANJI}]))[」』]?"
_SURE_IN_JAPANESE = (
    rf"{_WHO}(?:の(?:名前|氏名|名))?は、? ?{_NAME_IN_JAPANESE}(?=です|であ[るり]|とい[いう]|と[申言]|。|$)",
    rf"{_WHO}の(?:名前|氏名|名)(?:は|:)? ?{_NAME_IN_JAPANESE}",
    rf"(?:通称|愛称|呼び名|あだ名|仮名|名前)(?:は|:)? ?{_NAME_IN_JAPANESE}",
    rf"{_NAME_IN_JAPANESE}(?=と(?:いう(?:名|女|男|人|方|子|者)|申し|名乗)|を名乗)",
    rf"{_WHO} ?[:=] ?{_NAME_IN_JAPANESE}(?= ?(?:[、。,\n(]|$))",
    rf"{_NAME_IN_JAPANESE} ?(?=\((?:\d{{1,3}}|当時\d{{1,3}}) ?[歳才])",
)
_GUESS_IN_JAPANESE = rf"{_WHO}(?:の|は|、| ?[:=] ?)?{_NAME_IN_JAPANESE}|(?<=[、,と]) ?(?P<further>{_KANA})(?= ?(?:[、。,(]|と|$))"

_NAME = r"(?-i:[A-Z][^\W\d_]+(?:[ '’-][A-Z][^\W\d_]+){0,3})"
_AGE = r"(?: ?\((?:aged? )?\d{1,2}\)|, \d{1,2}(?=,))?"
_SEVERAL = (
    rf"\b(?:children|sons|daughters|brothers|sisters|siblings|kids|parents)(?: are| were| is|:| -| named| called|,)? (?P<names>{_NAME}{_AGE}"
    rf"(?:(?:,? and|,| &) {_NAME}{_AGE}){{0,10}})"
)
_ALSO_CALLED = rf"\b(?:goes by|known as|nick-?name(?:d|:| is)?|alias:?|a\.?k\.?a\.?|client name -) [\"“']?(?P<name>{_NAME})"
_KIN = r"(?:husband|wife|spouse|partner|mother|father|parents|son|daughter|children|brother|sister|family|uncle|aunt|passport|statement|lawyer|visa|case)"
_SPOKEN_OF = (
    rf"\b(?P<name>{_NAME})(?:['’]s {_KIN}\b| is (?:the|our|my) (?:client|applicant)|,? \((?:aged? )?\d{{1,2}}\)|, (?:aged? )?\d{{1,2}},|"
    r" (?:was born|fled|said|says|told (?:me|us)|married|fears|speaks|suffers|arrived|applied|has (?:a|one|two|three|four|no) (?:son|daughter|child|brother|sister))\b)"
    rf"|\b(?:[Mm]et|[Ss]poke (?:with|to)|[Ii]nterviewed|[Vv]isited|[Pp]honed|[Ee]-?mailed)(?: with)? (?P<met>{_NAME})"
)
NO_NAMES = (
    (tables.ORDINARY - tables.NAMES_AND_WORDS)
    | tables.TOWNS
    | tables.QUARTERS
    | tables.PEOPLES_AND_FAITHS
    | tables.COMPANY_WORDS
    | tables.AUTHORITIES
    | tables.BODIES_AND_CITIES
)
_NO_NAMES_IN_KATAKANA = NO_NAMES | tables.KATAKANA_WORDS | tables.STANDINGS_IN_KATAKANA | tables.THINGS_IN_KATAKANA
_OF_A_PEOPLE = re.compile(r"(?:ese|ish|born|based|speaking|ians?)$")


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Only where text is looked at: most commands look at none."""
    return re.compile(pattern, flags)


def spoken_of_in_japanese(text: str) -> Iterator[tuple[str, bool]]:
    """Each piece, and whether it is but a guess."""
    for pattern in _SURE_IN_JAPANESE:
        yield from ((match["name"], False) for match in _compiled(pattern).finditer(text) if _may_be_called(match["name"]))
    for match in _compiled(_GUESS_IN_JAPANESE).finditer(text):
        piece = match["name"] or match["further"]
        if _may_be_called(piece):
            yield piece, not is_kanji(piece[0])


def spoken_of_in_english(text: str, ordinary: frozenset[str]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The words of each name as they are compared, and whether it is but a guess."""
    found = [(name, False) for match in _compiled(_SEVERAL, re.IGNORECASE).finditer(text) for name in re.findall(_NAME, match["names"])]
    found += [(match["name"], False) for match in _compiled(_ALSO_CALLED, re.IGNORECASE).finditer(text)]
    found += [(match["name"] or match["met"], True) for match in _compiled(_SPOKEN_OF).finditer(text)]
    for name, is_guess in found:
        words = tuple(letter_key(word) for word in re.split("[ '’-]", name))
        if not any(word in NO_NAMES or word in ordinary for word in words) and not _OF_A_PEOPLE.search(words[-1]):
            yield words, is_guess or words[0] in tables.NAMES_AND_WORDS


def _may_be_called(piece: str) -> bool:
    if is_kanji(piece[0]):
        return is_given_name(letter_key(piece)) or bool(parts_of(letter_key(piece)))
    words = [letter_key(word) for word in re.split("[・=]", piece)]
    return not _NO_NAMES_IN_KATAKANA.intersection(words) and not words[-1].endswith(tables.ENDS_OF_THINGS)
