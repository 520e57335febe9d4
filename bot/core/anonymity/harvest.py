"""The names that stand in the confidential part of a case: every entry of the conflict check, and what reads like a name elsewhere.

Given `Confidential` and all texts of the case, gives names as lists of compared words, and the initials that stand for people.
The text is what staff wrote: lists, prose, forms, with titles, roles and remarks between the names.
Never takes a word for a name because it stands in both parts: a capital, a label, a title or the conflict-check field must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.anonymity import tables
from bot.core.anonymity.folding import HIRAGANA, KANJI, KATAKANA, Run, fold, is_kanji, letter_key, runs
from bot.core.model import Confidential

_MOST_NAMES = 400
_LONGEST_NAME = 60
_JAPANESE = f"{KANJI}{HIRAGANA}{KATAKANA}"
_BETWEEN_ENTRIES = re.compile(
    rf"[;\n、。,/&|()\[\]{{}}「」『』\"“”<>]|\band\b|(?<=[{KANJI}{KATAKANA}])(?:と|及び|および|並びに|または|又は)(?=[{KANJI}{KATAKANA}])"
)
_ENTRY_LABEL = re.compile(r"^[^:]{1,24}:\s*")
_HONORIFIC_END = re.compile(r"(?:さん|氏|様|さま|殿|ちゃん|くん)$")
_PROSE = re.compile(rf"[{KANJI}][のはがをにでもへ]|[のはがをにでもへ][{KANJI}]")
_CUE = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|names?|named|called|client|applicant|appellant|claimant|plaintiff|husband|wife|spouse|partner|son|daughter|"
    r"child|brother|sister|father|mother|uncle|aunt|cousin|friend|employer|landlord|guarantor|contact)\b[.:,]? ?(?:is |was |are )?(?:called |named )?[\"“']?$",
    re.IGNORECASE,
)
_PLACE_CUE = re.compile(r"\b(?:in|at|near|via|into|through)(?: the)? $", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:氏名|名前|本名|旧姓|通称名?|通名|別名|フリガナ|ふりがな)(?: ?[:=] ?| |[「『])(?P<strong>[^\n、。,;()「」『』\"]{1,30})"
    r"|(?:依頼者|申請者|申請人|本人|原告|相手方|被告|夫|妻|父|母|兄|弟|姉|妹|長男|長女|次男|次女|子|配偶者|担当者?|連絡先|保証人|雇用主)"
    r" ?(?:の?氏名)?[:=] ?[「『]?(?P<weak>[^\n、。,;()「」『』\"]{1,30})"
)
_HONOURED = re.compile(rf"(?P<name>[{KANJI}]{{1,8}}|[{KATAKANA}][{KATAKANA}・= ]{{1,30}})(?:さん|氏(?![名族神])|様(?![々子式態相])|さま|ちゃん)")
_DOTTED_KATAKANA = re.compile(rf"[{KATAKANA}]{{2,15}}(?:[・=][{KATAKANA}]{{2,15}}){{1,4}}")
_INITIALS = re.compile(r"(?<![A-Za-z.])(?:[A-Z]\. ?){1,3}[A-Z]\.")


@dataclass(frozen=True, slots=True)
class Name:
    """`words` in the order they were written. Of a company only the whole counts; `is_spelt` where letters say how it sounds."""

    words: tuple[str, ...]
    is_spelt: bool = True
    is_company: bool = False


@dataclass(frozen=True, slots=True)
class Harvest:
    names: tuple[Name, ...]
    initials: frozenset[str]


def harvest(confidential: Confidential, *, ordinary: frozenset[str]) -> Harvest:
    """`ordinary`: words that the case's texts also write with a small letter, which are words before they are names."""
    listed = fold(confidential.conflict_names).text
    prose = "\n".join((listed, fold(confidential.details).text, fold(confidential.contact).text))
    found = list(dict.fromkeys((*_of_list(listed), *_of_prose(prose, ordinary))))[:_MOST_NAMES]
    written = {re.sub(r"[. ]", "", match[0]).lower() for match in _INITIALS.finditer(prose)}
    return Harvest(tuple(found), frozenset(written | {form for name in found for form in _initials(name)}) - tables.ABBREVIATIONS)


def describes(piece: str) -> bool:
    """Whether a piece of Japanese says what somebody is, not what they are called."""
    return piece in tables.ROLES_IN_KANJI or piece.endswith(tuple("者員官師庁省局署課部")) or any(word in piece for word in tables.DESCRIPTIONS)


def _initials(name: Name) -> Iterator[str]:
    if name.is_spelt and not name.is_company and 2 <= len(name.words) <= 4 and name.words[0].isascii():
        first = "".join(word[0] for word in name.words)
        yield from (first, first[-1] + first[:-1])


def _of_list(text: str) -> Iterator[Name]:
    text = re.sub(r"\(([株有同])\)", lambda match: {"株": "株式会社", "有": "有限会社", "同": "合同会社"}[match[1]], text)
    for entry in _BETWEEN_ENTRIES.split(text):
        yield from _of_entry(_ENTRY_LABEL.sub("", entry.strip(" *-・•●■\t")))


def _of_entry(entry: str) -> Iterator[Name]:
    yield from _japanese_names(entry)
    sequences = list(_sequences(entry))
    if sequences:
        for words, _ in sequences:
            yield from _listed_latin(words)
        return
    words = [letter_key(entry[run.start : run.end]) for run in runs(entry) if run.sort == "alphabetic"]
    if 2 <= len(words) <= 4 and not any(word in tables.ORDINARY | tables.COMPANY_WORDS or len(word) < 2 for word in words):
        yield Name(tuple(words))


def _listed_latin(words: list[str]) -> Iterator[Name]:
    keys = [letter_key(word) for word in words]
    while keys and keys[0] in tables.TITLES:
        keys.pop(0)
    if any(key in tables.AUTHORITIES for key in keys):
        return
    is_company = any(key in tables.COMPANY_WORDS for key in keys)
    while keys and keys[-1] in tables.COMPANY_ENDINGS:
        keys.pop()
    if keys and not (len(keys) == 1 and (keys[0] in tables.ORDINARY or len(keys[0]) < 2)) and not set(keys) <= tables.NEVER_NAMES:
        yield Name(tuple(keys[:6]), is_company=is_company)


def _japanese_names(entry: str) -> Iterator[Name]:
    """Pieces between spaces: ``田中 太郎`` is one name, ``元雇用主 山田工業株式会社`` a description and a name."""
    pieces: list[str] = []
    is_company = False
    for piece in re.findall(rf"[{_JAPANESE}]+", entry.replace("・", " ").replace("=", " ")):
        bare = _HONORIFIC_END.sub("", piece)
        for affix in tables.COMPANY_AFFIXES:
            is_company, bare = is_company or affix in bare, bare.replace(affix, "")
        if _is_japanese_name(bare, is_company=is_company):
            pieces.append(letter_key(bare))
    if any(is_kanji(letter) for piece in pieces for letter in piece):
        yield Name(tuple(pieces[:4]), is_spelt=False, is_company=is_company)
    spelt = [piece for piece in pieces if not any(map(is_kanji, piece))]
    if spelt:
        yield Name(tuple(spelt[:6]), is_company=is_company)


def _is_japanese_name(piece: str, *, is_company: bool) -> bool:
    if not piece or len(piece) > 20 or letter_key(piece) in tables.ORDINARY or piece in tables.ORIGINS_IN_KANJI:
        return False
    return is_company or not (describes(piece) or _PROSE.search(piece) or re.search("[々〇一-龥][ぁ-ん]{3,}", piece))


def _of_prose(text: str, ordinary: frozenset[str]) -> Iterator[Name]:
    for words, start in _sequences(text):
        before = text[max(0, start - 40) : start]
        if _CUE.search(before):
            yield from _prose_latin(words, ordinary, is_cued=True)
        elif len(words) > 1 and not _PLACE_CUE.search(before):
            yield from _prose_latin(words, ordinary, is_cued=False)
    for match in _LABELLED.finditer(text):
        yield from _japanese_names(match["strong"] or match["weak"])
    for match in _HONOURED.finditer(text):
        yield from _japanese_names(surname_part(match["name"]))
    for match in _DOTTED_KATAKANA.finditer(text):
        if not any(letter_key(word) in tables.KATAKANA_WORDS | tables.ORIGINS for word in re.split("[・=]", match[0])):
            yield from _japanese_names(match[0])


def surname_part(run: str) -> str:
    """``依頼者田中`` without what describes: ``田中``."""
    for word in tables.DESCRIPTIONS:
        run = run.rpartition(word)[2]
    return run.lstrip("者人方中側") if len(run) > 1 else run


def _prose_latin(words: list[str], ordinary: frozenset[str], *, is_cued: bool) -> Iterator[Name]:
    keys = [letter_key(word) for word in words]
    while keys and keys[0] in tables.ORDINARY:
        keys, words = keys[1:], words[1:]
    while keys and keys[-1] in tables.ORDINARY:
        keys, words = keys[:-1], words[:-1]
    strange = tables.ORDINARY | tables.COMPANY_WORDS | tables.AUTHORITIES | ordinary
    if not keys or any(key in strange - tables.PARTICLES for key in keys):
        return
    if is_cued or (len(keys) > 1 and not any(len(word) < 6 and word.isupper() for word in words)):
        yield Name(tuple(keys[:6]))


def _sequences(text: str) -> Iterator[tuple[list[str], int]]:
    """Words that begin with a capital, or whose script has none, one beside the other; particles such as ``bin`` may stand between."""
    words: list[str] = []
    start = end = 0
    for run in runs(text):
        if run.sort != "alphabetic":
            continue
        word = text[run.start : run.end]
        if words and (not re.fullmatch(r"(?: |-|'|’|\. ?)", text[end : run.start]) or not _may_be_named(word)):
            yield from _trimmed(words, start)
            words = []
        if not words and not _begins_name(word, run, text):
            continue
        start = start if words else run.start
        words, end = [*words, word], run.end
    yield from _trimmed(words, start)


def _begins_name(word: str, run: Run, text: str) -> bool:
    return _has_capital(word) or (word in tables.PARTICLES and text[run.end : run.end + 1] in ("-", " ") and text[run.end + 1 : run.end + 2].isupper())


def _may_be_named(word: str) -> bool:
    return _has_capital(word) or word in tables.PARTICLES


def _has_capital(word: str) -> bool:
    return word[0].isupper() or word[0].lower() == word[0].upper()


def _trimmed(words: list[str], start: int) -> Iterator[tuple[list[str], int]]:
    while words and not _has_capital(words[-1]):
        words = words[:-1]
    if words and len("".join(words)) <= _LONGEST_NAME:
        yield words, start
