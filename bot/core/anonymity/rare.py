"""Rare combinations: where somebody comes from, the town they are in, and a day or an age, which together leave few people.

Given the folded public texts by field, gives one finding for the case, or none.
The roster reads all fields as one letter, so the three may stand in different ones.
Never counts Tokyo and Osaka, a language, or the day by which something must be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.core.anonymity import tables
from bot.core.anonymity.days import telling_days
from bot.core.anonymity.finding import Finding
from bot.core.anonymity.folding import KANJI, Folded, letter_key, runs

_TELLING_FIELDS = ("title", "summary", "kind")
_PLACE_FIELDS = ("place", "title", "summary")
_AGE = re.compile(
    r"(?<!under )(?<!over )(?<![\d-])\d{1,3}(?:[ -]years?[ -]old\b|-?year-?old\b| years of age\b)|\baged? \d{1,3}(?![\d-]| ?(?:to|and over|or))"
    r"|(?<!満)(?<![\d-])\d{1,3} ?[歳才](?! ?(?:未満|以上|以下|以降|まで|代|前後))"
    r"|\bborn in (?:19|20)\d\d\b|(?<!\d)(?:19|20)\d\d ?年 ?(?:生まれ|生れ|生)",
    re.IGNORECASE,
)
_LANGUAGE_BEFORE = re.compile(r"\b(?:speaks?|speaking|in|from|into|and|or|,) $", re.IGNORECASE)
_LANGUAGE_AFTER = re.compile(r"[ -](?:\w+ )?(?:speak|language|interpret|translat|into\b|to English|to Japanese|documents?\b)", re.IGNORECASE)
_TOWN = re.compile(rf"[{KANJI}ヶケ]{{1,5}}?[市町村区県郡](?![町区村民内外役立場別分域間議長税道制])")
_NO_TOWN = re.compile(r"^(?:[同各全両他当該本某]|都|農|漁|山|地|学|選挙|行政|特別|居住|出身の?|故郷の?|大都|地方都|中核|政令|町|市|区|東京都|大阪府?)[市町村区県郡]$")
_ENGLISH_TOWN = re.compile(r"\b(?:in|at|near) (?P<place>[A-Z][a-z]{2,20}(?:[ -][A-Z][a-z]{2,20})?)|\b(?P<suffixed>[A-Z][a-z]{2,20})(?:-(?:shi|ken|machi|ku|gun|mura)\b| (?:City|Prefecture|Town|Ward)\b)")


def rare_combination(public: Mapping[str, Folded]) -> Iterator[Finding]:
    """Told at the day or the age, which is the easiest to leave out."""
    origin = next(_in_fields(public, _TELLING_FIELDS, _origins), None)
    town = next(_in_fields(public, _PLACE_FIELDS, _towns), None) if origin else None
    when = next(_in_fields(public, _TELLING_FIELDS, _moments), None) if town else None
    if origin and town and when:
        yield Finding("rare_combination", when[0], " + ".join((origin[1], town[1], when[1])))


def _in_fields(public: Mapping[str, Folded], fields: tuple[str, ...], find: object) -> Iterator[tuple[str, str]]:
    for where in fields:
        for start, end in find(public[where].text):  # type: ignore[operator]
            yield where, public[where].written(start, end)


def _origins(text: str) -> Iterator[tuple[int, int]]:
    for run in runs(text):
        if run.sort not in ("alphabetic", "katakana") or letter_key(text[run.start : run.end]) not in tables.ORIGINS:
            continue
        if run.sort == "katakana" and not text.startswith("語", run.end):
            yield run.start, run.end
        elif run.sort == "alphabetic" and text[run.start].isupper() and not _is_language(text, run.start, run.end):
            yield run.start, run.end
    for name in tables.ORIGINS_IN_KANJI:
        for match in re.finditer(rf"{name}(?!語|地方|電力|新聞)", text):
            yield match.start(), match.end()


def _is_language(text: str, start: int, end: int) -> bool:
    return bool(_LANGUAGE_AFTER.match(text[end : end + 30])) or bool(re.search(r"\b(?:speaks?|speaking) $", text[max(0, start - 12) : start], re.IGNORECASE))


def _towns(text: str) -> Iterator[tuple[int, int]]:
    for match in _TOWN.finditer(text):
        if not _NO_TOWN.match(match[0]):
            yield match.start(), match.end()
    for run in runs(text):
        if run.sort == "alphabetic" and text[run.start].isupper() and letter_key(text[run.start : run.end]) in tables.TOWNS:
            yield run.start, run.end
    for match in re.finditer(_JAPANESE_TOWNS, text):
        yield match.start(), match.end()
    for match in _ENGLISH_TOWN.finditer(text):
        group = "place" if match["place"] else "suffixed"
        if not {letter_key(word) for word in re.split("[ -]", match[group])} & tables.ORDINARY:
            yield match.start(group), match.end(group)


_JAPANESE_TOWNS = "|".join(sorted((town for town in tables.TOWNS if not town.isascii() and len(town) > 1), key=len, reverse=True))


def _moments(text: str) -> Iterator[tuple[int, int]]:
    for match in _AGE.finditer(text):
        yield match.start(), match.end()
    for day in telling_days(text):
        yield day.start, day.end
