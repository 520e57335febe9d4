"""Who the public text itself calls by a name, whether or not the confidential part knows it.

Given a folded text, gives spans of the kind `person`: a title, さん or an introduction (``the client is Zahra``, 「依頼者はザフラです」) stands by.
The text is prose in English or Japanese, which says in the same words what somebody is: Kurdish, a Muslim, エンジニア.
Never takes a lone capital for a name: all that is found here is a guess, which staff may let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.anonymity import tables
from bot.core.anonymity.east import is_chinese_name
from bot.core.anonymity.folding import KANJI, KATAKANA, letter_key
from bot.core.anonymity.japanese import HONOURED, called
from bot.core.anonymity.patterns import Span
from bot.core.anonymity.readings import parts_of

_NAME = r"(?-i:[A-Z][^\W\d_]+(?:[ '’-][A-Z][^\W\d_]+){0,3})"
_SPOKEN_NAME = r"(?-i:[A-Z][^\W\d_A-Z][^\W\d_]*(?:[ '’-][A-Z][^\W\d_]+){0,3})(?![\w'’-])"
_PERSON = r"(?:client|applicant|appellant|claimant|plaintiff|wife|husband|spouse|son|daughter|brother|sister|mother|father)"
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx)\b\.? {_NAME}")
_NAMED = re.compile(
    rf"(?:\bname is|\b(?:client|applicant|appellant|wife|husband|son|daughter|brother|sister|man|woman|child) (?:named|called)) (?P<name>{_NAME})",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"\b(?:{_PERSON} (?:is|was)|(?:the|our|my|his|her|their|elder|eldest|younger|youngest) {_PERSON},?) (?P<name>{_SPOKEN_NAME})",
    re.IGNORECASE,
)
_IS_IN_JAPANESE = re.compile(
    r"(?:依頼者|申請者|申請人|本人|原告|夫|妻|父|母|兄|弟|姉|妹|長男|長女|次男|次女|息子|娘)(?:の(?:名前|氏名))?(?:は|の名は)、? ?"
    rf"(?P<name>[{KATAKANA}]{{2,15}}(?:[・=][{KATAKANA}]{{2,15}}){{0,3}}|[{KANJI}]{{3,6}})(?=です|とい[いう]|と[申言]|であ[るり])"
)
_NO_NAMES = tables.ORDINARY | tables.TOWNS | tables.QUARTERS | tables.PEOPLES_AND_FAITHS | tables.COMPANY_WORDS | tables.AUTHORITIES
_NO_NAMES_IN_KATAKANA = _NO_NAMES | tables.KATAKANA_WORDS | tables.STANDINGS_IN_KATAKANA
_OF_A_PEOPLE = re.compile(r"(?:ese|ish|ist|born|based|speaking|ians?)$")


def people(text: str) -> Iterator[Span]:
    """The surest first; spans may overlap."""
    for match in _TITLED.finditer(text):
        yield Span("person", match.start(), match.end())
    for match in _NAMED.finditer(text):
        if letter_key(match["name"].split()[0]) not in tables.ORDINARY:
            yield Span("person", match.start("name"), match.end("name"))
    for match in HONOURED.finditer(text):
        if name := called(match):
            yield Span("person", match.end("name") - len(name), match.end())
    for match in _IS.finditer(text):
        words = [letter_key(word) for word in re.split("[ '’-]", match["name"])]
        if words[0] not in _NO_NAMES and not _OF_A_PEOPLE.search(words[-1]):
            yield Span("person", match.start("name"), match.end("name"))
    for match in _IS_IN_JAPANESE.finditer(text):
        if _is_called(match["name"]):
            yield Span("person", match.start("name"), match.end("name"))


def _is_called(name: str) -> bool:
    if re.match(f"[{KANJI}]", name):
        return bool(parts_of(letter_key(name))) or is_chinese_name(letter_key(name))
    return not _NO_NAMES_IN_KATAKANA.intersection(letter_key(word) for word in re.split("[・=]", name))
