"""Rare combinations: where somebody comes from, the town they are in, and a day, an age or what else singles somebody out, which together leave few people.

Given the folded public texts by field, gives one finding for the case, or none.
The roster reads all fields as one letter, so the three may stand in different ones.
Never counts Tokyo and Osaka, a language, or the day by which something must be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from bot.core.anonymity import tables
from bot.core.anonymity.days import telling_days
from bot.core.anonymity.finding import Finding
from bot.core.anonymity.folding import KANJI, Folded, Run, letter_key, runs

Find = Callable[[str], Iterator[tuple[int, int]]]

_TELLING_FIELDS = ("title", "summary", "kind")
_PLACE_FIELDS = ("place", "title", "summary")
_SINGLED_OUT = re.compile(
    r"(?<!under )(?<!over )(?<![\d-])\d{1,3}(?:[ -]years?[ -]old\b|-?year-?old\b| years of age\b)"
    r"|\b(?:woman|man|boy|girl|mother|father|male|female|dentist|doctor|nurse|teacher|professor|journalist|student|engineer|lawyer|activist|"
    r"politician|pastor|priest|monk|nun|farmer|soldier|officer|artist|national|refugee),? \(?\d{1,2}\)?(?=[,.)]|$)"
    r"|(?<=[男女性母父医師者員生人士])\(\d{2}\)"
    r"|\b(?:mother|father|parents) of (?:[5-9]|1\d|five|six|seven|eight|nine|ten|eleven|twelve)\b|[5-9五六七八九十]児の[母父]"
    r"|\bthe only [A-Z][a-z]{2,20} (?:family|couple|man|woman|person|student|child|household)\b|唯一の[一-龥ァ-ー]{0,12}?(?:(?<!証)人|家族|世帯|夫婦|学生|生徒|児童)"
    r"|\baged? \d{1,3}(?![\d-]| ?(?:to|and over|or))"
    r"|(?<!満)(?<![\d-])\d{1,3} ?[歳才](?! ?(?:未満|以上|以下|以降|まで|代|前後))"
    r"|\bborn in (?:19|20)\d\d\b|(?:(?<!\d)(?:19|20)\d\d|(?:昭和|平成|令和) ?(?:\d{1,2}|元)) ?年 ?(?:生まれ|生れ|生)",
    re.IGNORECASE,
)
_LANGUAGE_BEFORE = re.compile(r"\b(?:speaks?|speaking|translated from) $", re.IGNORECASE)
_LANGUAGE_AFTER = re.compile(
    r"[ -](?:\w{1,20} )?(?:speak|language|interpret|translat|into\b|to (?:English|Japanese)|document)", re.IGNORECASE
)
_TOWN = re.compile(rf"[{KANJI}ヶケ]{{1,5}}?[市町村区県郡](?![町区村民内外役立場別分域間議長税道制])")
_NO_TOWN = re.compile(
    r"^(?:[同各全両他当該本某都農漁山地学町市区]|選挙|行政|特別|居住|大都|地方都|中核|政令|東京都?|大阪府?|大阪府大阪)[市町村区県郡]$"
)
_JAPANESE_TOWN = re.compile("(?<!東)(?:" + "|".join(sorted(town for town in tables.TOWNS if not town.isascii() and len(town) > 1)) + ")")
_ENGLISH_TOWN = re.compile(
    r"\b(?:in|at|near) (?P<place>[A-Z][a-z]{2,20}(?:[ -][A-Z][a-z]{2,20})?)"
    r"|\b(?P<suffixed>[A-Z][a-z]{2,20})(?:-(?:shi|ken|machi|ku|gun|mura)\b| (?:City|Prefecture|Town|Ward)\b)"
)


def rare_combination(public: Mapping[str, Folded]) -> Iterator[Finding]:
    """Told at the day or the age, which is the easiest to leave out."""
    origin = next(_in_fields(public, _TELLING_FIELDS, _origins), None)
    town = next(_in_fields(public, _PLACE_FIELDS, _towns), None) if origin else None
    when = next(_in_fields(public, _TELLING_FIELDS, _moments), None) if town else None
    if origin and town and when:
        yield Finding("rare_combination", when[0], " + ".join((origin[1], town[1], when[1])))


def _in_fields(public: Mapping[str, Folded], fields: tuple[str, ...], find: Find) -> Iterator[tuple[str, str]]:
    for where in fields:
        for start, end in find(public[where].text):
            yield where, public[where].written(start, end)


def _origins(text: str) -> Iterator[tuple[int, int]]:
    for run in runs(text):
        if letter_key(text[run.start : run.end]) in tables.ORIGINS and _IS_ORIGIN[run.sort](text, run):
            yield run.start, run.end
    for name in tables.ORIGINS_IN_KANJI:
        for match in re.finditer(rf"{name}(?!語|地方|電力|新聞)", text):
            yield match.start(), match.end()


def _is_english_origin(text: str, run: Run) -> bool:
    """Burmese is a language where there is talk of speaking or translating it."""
    spoken = _LANGUAGE_BEFORE.search(text[max(0, run.start - 12) : run.start]) or _LANGUAGE_AFTER.match(text[run.end : run.end + 30])
    return text[run.start].isupper() and not spoken


_IS_ORIGIN: dict[str, Callable[[str, Run], bool]] = {
    "alphabetic": _is_english_origin,
    "katakana": lambda text, run: not text.startswith("語", run.end),
}


def _towns(text: str) -> Iterator[tuple[int, int]]:
    for match in _TOWN.finditer(text):
        if not _NO_TOWN.match(match[0]):
            yield match.start(), match.end()
    for run in runs(text):
        if run.sort == "alphabetic" and text[run.start].isupper() and letter_key(text[run.start : run.end]) in tables.TOWNS:
            yield run.start, run.end
    for match in _JAPANESE_TOWN.finditer(text):
        yield match.start(), match.end()
    for match in _ENGLISH_TOWN.finditer(text):
        group = "place" if match["place"] else "suffixed"
        if not {letter_key(word) for word in re.split("[ -]", match[group])} & tables.ORDINARY:
            yield match.start(group), match.end(group)


def _moments(text: str) -> Iterator[tuple[int, int]]:
    for match in _SINGLED_OUT.finditer(text):
        yield match.start(), match.end()
    for day in telling_days(text):
        yield day.start, day.end
