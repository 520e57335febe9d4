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
from bot.core.anonymity.folding import HIRAGANA, KANJI, KATAKANA, Run, fold, is_hiragana, is_kanji, letter_key, runs
from bot.core.anonymity.japanese import HONORIFIC_END, describes, hangul_names, kanji_names, named_in_english, without_role
from bot.core.model import Confidential

_MOST_NAMES = 400
_LONGEST_NAME = 60
_JAPANESE = f"{KANJI}{HIRAGANA}{KATAKANA}"
_BETWEEN_ENTRIES = re.compile(
    rf"([;\n、。,/&|()\[\]{{}}「」『』\"“”<>]|\band\b|(?<=[{KANJI}{KATAKANA}])(?:と|及び|および|並びに|または|又は)(?=[{KANJI}{KATAKANA}]))"
)
_BEFORE_REMARKS, _BEFORE_PEOPLE = ("(", "["), ("", "\n", ";", "and", "&")
_ENTRY_LABEL = re.compile(r"^[^:]{1,24}:\s*")
_PROSE = re.compile(rf"[{KANJI}][のはがをにでもへ]|[のはがをにでもへ][{KANJI}]|[{KANJI}][{HIRAGANA}]{{4}}")
_PLACE_NAME = re.compile("|".join(("..+[都府県]", "..+[市区]", *tables.ORIGINS_IN_KANJI)))
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
HONOURED = re.compile(
    rf"(?P<name>[{KANJI}]{{1,8}}|[{KATAKANA}][{KATAKANA}・=]{{1,30}}|[A-Z][a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}}){{0,3}}) ?"
    r"(?:さん(?!ぽ)|氏(?![名族神])|(?<![同仕多模異])様(?![々子式態相変])|さま|ちゃん)"
)
_NOT_HONOURED = tables.KATAKANA_WORDS | frozenset(word for word in tables.ORDINARY if not is_hiragana(word[0]))
_NO_NAMES = frozenset("所 名 一人 二人 三人 両 某 摂 華 一 有 王 神 各 諸 甲 乙 丙 丁 何 外国人".split())
_DOTTED_KATAKANA = re.compile(rf"[{KATAKANA}]{{2,15}}(?:[・=][{KATAKANA}]{{2,15}}){{1,4}}")
_LONGEST_SMALL_NAME = 3
_SPACED_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_] {1,3}){4,60}[^\W\d_](?![^\W_])")
_BESIDE = re.compile(r" |'|’|\. ?")
_INITIALS = re.compile(r"(?<![A-Za-z.])(?:[A-Z]\. ?){1,3}[A-Z]\.")


@dataclass(frozen=True, slots=True)
class Name:
    """`words` in the order they were written. Of a company only the whole counts; `is_spelt` where letters say how it sounds.

    `is_guess`: it may well be another word, so that staff are shown where it stands, and no more.
    """

    words: tuple[str, ...]
    is_spelt: bool = True
    is_company: bool = False
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Harvest:
    names: tuple[Name, ...]
    initials: frozenset[str]


def harvest(confidential: Confidential, *, ordinary: frozenset[str]) -> Harvest:
    """`ordinary`: words that the case's texts also write with a small letter, which are words before they are names."""
    listed = _SPACED_OUT.sub(_closed_up, fold(confidential.conflict_names).text)
    prose = "\n".join((listed, fold(confidential.details).text, fold(confidential.contact).text))
    found = list(dict.fromkeys((*_of_list(listed), *_of_prose(prose, ordinary))))[:_MOST_NAMES]
    written = {re.sub(r"[. ]", "", match[0]).lower() for match in _INITIALS.finditer(prose)}
    initials = written | {form for name in found for form in _initials(name)}
    return Harvest(tuple(found), frozenset(initials - tables.ABBREVIATIONS))


def _closed_up(spaced: re.Match[str]) -> str:
    """``R a h m a n  A l i`` as ``Rahman Ali``."""
    return " ".join(word.replace(" ", "") for word in re.split(" {2,3}", spaced[0]))


def _initials(name: Name) -> Iterator[str]:
    if name.is_spelt and not name.is_company and 2 <= len(name.words) <= 4 and name.words[0].isascii():
        first = "".join(word[0] for word in name.words)
        yield from (first, first[-1] + first[:-1])


def _of_list(text: str) -> Iterator[Name]:
    for short, full in (("(株)", "株式会社"), ("(有)", "有限会社"), ("(同)", "合同会社")):
        text = text.replace(short, full)
    pieces = _BETWEEN_ENTRIES.split(text)
    for before, entry in zip(("", *pieces[1::2]), pieces[::2], strict=True):
        yield from _of_entry(_ENTRY_LABEL.sub("", entry.strip(" *-・•●■\t")), before)


def _of_entry(entry: str, before: str) -> Iterator[Name]:
    yield from _japanese_names(entry)
    sequences = list(_sequences(entry))
    words = [letter_key(entry[run.start : run.end]) for run in runs(entry) if run.sort == "alphabetic"]
    if sequences:
        for sequence, _ in sequences:
            yield from _listed_latin(sequence, before if len(sequence) == len(words) else "(")
        return
    if 2 <= len(words) <= 4 and not any(word in tables.ORDINARY | tables.COMPANY_WORDS or len(word) < 2 for word in words):
        yield Name(tuple(words))


def _listed_latin(words: list[str], before: str) -> Iterator[Name]:
    keys = [letter_key(word) for word in words]
    while keys and keys[0] in tables.TITLES:
        keys.pop(0)
    if any(key in tables.AUTHORITIES for key in keys):
        return
    is_company = any(key in tables.COMPANY_WORDS for key in keys)
    while keys and keys[-1] in tables.COMPANY_ENDINGS:
        keys.pop()
    if len(keys) == 1 and keys[0] in tables.ORDINARY:
        # ``Grace`` or ``Jordan`` is somebody; ``(Iran)`` behind a name says where they are from.
        is_remark = before in _BEFORE_REMARKS or (keys[0] in tables.ORIGINS and before not in _BEFORE_PEOPLE)
        if not is_remark and keys[0] not in tables.NOBODY:
            yield Name((keys[0],), is_guess=True)
    elif keys and len("".join(keys)) > 1:
        yield Name(tuple(keys[:6]), is_company=is_company)


def _japanese_names(entry: str) -> Iterator[Name]:
    """Pieces between spaces: ``田中 太郎`` is one name, ``元雇用主 山田工業株式会社`` a description and a name."""
    pieces: list[str] = []
    is_company = False
    is_dotted = bool(_DOTTED_KATAKANA.fullmatch(entry.replace(" ", "・")))
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


def _of_prose(text: str, ordinary: frozenset[str]) -> Iterator[Name]:
    yield from (Name(words, is_spelt=False) for words in kanji_names(text))
    yield from (Name((word,)) for word in hangul_names(text))
    for piece in named_in_english(text):
        yield from _japanese_names(piece)
    for words, start in _sequences(text):
        before = text[max(0, start - 40) : start]
        if _CUE.search(before):
            yield from _prose_latin(words, ordinary, is_cued=True)
        elif len(words) > 1 and not _PLACE_CUE.search(before):
            yield from _prose_latin(words, ordinary, is_cued=False)
    for match in _LABELLED.finditer(text):
        yield from _japanese_names(match["strong"] or match["weak"])
    for match in HONOURED.finditer(text):
        yield from _japanese_names(called(match))
    for match in _DOTTED_KATAKANA.finditer(text):
        if not any(letter_key(word) in tables.KATAKANA_WORDS | tables.ORIGINS for word in re.split("[・=]", match[0])):
            yield from _japanese_names(match[0])


def called(match: re.Match[str]) -> str:
    """Whoever is honoured with a さん: ``田中`` of ``依頼者田中さん``; "" where that is a role, or a letter in place of a name."""
    name = without_role(match["name"])
    title = match[0].removeprefix(match["name"]).strip()
    if not name or (name in _NO_NAMES and not (name == "王" and title in ("さん", "氏"))) or describes(name):
        return ""
    return "" if letter_key(name) in _NOT_HONOURED else name


def _prose_latin(words: list[str], ordinary: frozenset[str], *, is_cued: bool) -> Iterator[Name]:
    keys = [letter_key(word) for word in words]
    while keys and keys[0] in tables.ORDINARY:
        is_cued = is_cued or bool(_CUE.search(words[0]))
        keys, words = keys[1:], words[1:]
    if len(keys) > 2 and all(key not in tables.ORDINARY or len(key) <= _LONGEST_SMALL_NAME for key in keys):
        # ``Nguyen Van An`` as a whole; what is left of it on its own is looked at below.
        yield Name(tuple(keys[:6]), is_company=True)
    while keys and keys[-1] in tables.ORDINARY:
        keys, words = keys[:-1], words[:-1]
    strange = tables.ORDINARY | tables.COMPANY_WORDS | tables.AUTHORITIES | ordinary
    if not keys or any(key in strange - tables.PARTICLES for key in keys):
        return
    are_capitals = all(word.isupper() for word in words)
    if is_cued or (len(keys) > 1 and (are_capitals or not any(len(word) < 6 and word.isupper() for word in words))):
        yield Name(tuple(keys[:6]))


def _sequences(text: str) -> Iterator[tuple[list[str], int]]:
    """Words that begin with a capital, or whose script has none, one beside the other; particles such as ``bin`` may stand between."""
    words: list[str] = []
    start = end = 0
    for run in runs(text):
        if run.sort != "alphabetic":
            continue
        word = text[run.start : run.end]
        gap = text[end : run.start]
        if words and not (gap == "-" or (_BESIDE.fullmatch(gap) and (_has_capital(word) or word in tables.PARTICLES))):
            yield from _trimmed(words, start)
            words = []
        if not words and not _begins_name(word, run, text):
            continue
        start = start if words else run.start
        words, end = [*words, word], run.end
    yield from _trimmed(words, start)


def _begins_name(word: str, run: Run, text: str) -> bool:
    follows = text[run.end : run.end + 2]
    return _has_capital(word) or (word in tables.PARTICLES and follows[:1] in ("-", " ") and follows[1:].isupper())


def _has_capital(word: str) -> bool:
    return word[0].isupper() or word[0].lower() == word[0].upper()


def _trimmed(words: list[str], start: int) -> Iterator[tuple[list[str], int]]:
    while words and words[-1] in tables.PARTICLES:
        words = words[:-1]
    if words and len("".join(words)) <= _LONGEST_NAME:
        yield words, start
