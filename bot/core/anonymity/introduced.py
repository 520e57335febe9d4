"""Names in the prose of the confidential part: who has a title, a label or a role beside them, or is spoken of as somebody.

Given the folded text of details, contact and list, gives `Name`s; those that are as likely another word are guesses.
The text is what staff wrote in English or Japanese; a capital alone makes no name, nor does standing in both parts.
Never looks at the public part, but for the words that are written small there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.core.anonymity import tables
from bot.core.anonymity.folding import letter_key
from bot.core.anonymity.japanese import DOTTED_KATAKANA, HONOURED, called, hangul_names, japanese_names, kanji_names, named_in_english
from bot.core.anonymity.naming import Name, sequences
from bot.core.anonymity.spoken import NO_NAMES, spoken_of_in_english, spoken_of_in_japanese

_CUE = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|names?|named|called|client|applicant|appellant|claimant|plaintiff|husband|wife|spouse|partner|son|daughter|"
    r"child|brother|sister|father|mother|uncle|aunt|cousin|friend|employer|landlord|guarantor|contact)\b"
    r"[.:,]? ?(?:is |was |are )?(?:called |named )?[\"“']?$",
    re.IGNORECASE,
)
_PLACE_CUE = re.compile(r"\b(?:in|at|near|via|into|through)(?: the)? $", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:氏名|名前|本名|旧姓|通称名?|通名|別名|フリガナ|ふりがな)(?: ?[:=] ?| |[「『])(?P<strong>[^\n、。,;()「」『』\"]{1,30})"
    r"|(?:依頼者|申請者|申請人|本人|原告|相手方|被告|夫|妻|父|母|兄|弟|姉|妹|長男|長女|次男|次女|子|配偶者|担当者?|連絡先|保証人|雇用主)"
    r" ?(?:の?氏名)?[:=] ?[「『]?(?P<weak>[^\n、。,;()「」『』\"]{1,30})"
)
_LONGEST_SMALL_NAME = 3
_STRANGE = (tables.ORDINARY | tables.COMPANY_WORDS | tables.AUTHORITIES) - tables.PARTICLES


def of_prose(text: str, ordinary: frozenset[str]) -> Iterator[Name]:
    yield from (Name(words, is_spelt=False) for words in kanji_names(text))
    yield from (Name((word,)) for word in hangul_names(text))
    for piece in named_in_english(text):
        yield from japanese_names(piece)
    for words, start in sequences(text):
        before = text[max(0, start - 40) : start]
        yield from _institution(words)
        if _CUE.search(before):
            yield from _prose_latin(words, ordinary, is_cued=True)
        elif len(words) > 1 and not _PLACE_CUE.search(before):
            yield from _prose_latin(words, ordinary, is_cued=False)
    for match in _LABELLED.finditer(text):
        yield from japanese_names(match["strong"] or match["weak"])
    for match in HONOURED.finditer(text):
        yield from japanese_names(called(match))
    for match in DOTTED_KATAKANA.finditer(text):
        if not any(letter_key(word) in tables.KATAKANA_WORDS | tables.ORIGINS for word in re.split("[・=]", match[0])):
            yield from japanese_names(match[0])
    for piece, is_guess in spoken_of_in_japanese(text):
        yield from (replace(name, is_guess=is_guess) for name in japanese_names(piece))
    yield from (Name(words, is_guess=is_guess) for words, is_guess in spoken_of_in_english(text, ordinary))


def _institution(words: list[str]) -> Iterator[Name]:
    """Their school or hospital, which counts as a whole only."""
    keys = [letter_key(word) for word in words]
    if len(keys) > 1 and keys[-1] in tables.COMPANY_WORDS and keys[0] not in NO_NAMES:
        yield Name(tuple(keys[:6]), is_company=True, is_guess=True)


def _prose_latin(words: list[str], ordinary: frozenset[str], *, is_cued: bool) -> Iterator[Name]:
    keys = [letter_key(word) for word in words]
    if is_cued and keys[0] in tables.NAMES_AND_WORDS:
        yield Name((keys[0],), is_guess=True)
    while keys and keys[0] in tables.ORDINARY:
        is_cued = is_cued or bool(_CUE.search(words[0]))
        keys, words = keys[1:], words[1:]
    if len(keys) > 2 and all(key not in tables.ORDINARY or len(key) <= _LONGEST_SMALL_NAME for key in keys):
        # ``Nguyen Van An`` as a whole; what is left of it on its own is looked at below.
        yield Name(tuple(keys[:6]), is_company=True)
    if is_cued and len(keys) == 2 and keys[0] not in ordinary and keys[1] in tables.ORIGINS:
        yield Name(tuple(keys))
    while keys and keys[-1] in tables.ORDINARY:
        keys, words = keys[:-1], words[:-1]
    if not keys or any(key in _STRANGE or (key in ordinary and key not in tables.PARTICLES) for key in keys):
        return
    are_capitals = all(word.isupper() for word in words)
    if is_cued or (len(keys) > 1 and (are_capitals or not any(len(word) < 6 and word.isupper() for word in words))):
        yield Name(tuple(keys[:6]))
