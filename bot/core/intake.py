"""A staff mail or a table row becomes the fields of a case, or a list of all that is wrong with it.

Given lines of `Field: value` in English or Japanese, or one row of a table, with the zone and today; gives `CaseFields` or faults.
What is read was typed by staff and may hold anything; invisible characters are dropped, overlong and unreadable text is refused.
Never stores, answers or mends: a field that is wrong is a fault, and half a case is no case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from bot.core import eligibility
from bot.core.dates import read_deadline, write_deadline
from bot.core.faults import fault_sentence, line_and_key
from bot.core.fields import by_column, heading_faults, name_key, plain, tidy, tidy_line
from bot.core.form_lines import NAMES, OF_SEVERAL_LINES, REQUIRED, named_values, unheard
from bot.core.model import FORM_FIELDS, CaseFields, Confidential, Deadline, Event, Fault, Terms
from bot.core.words.numerals import in_digits

__all__ = [
    "FORM_FIELDS",
    "NOT_FOR_EVENTS",
    "ONLY_FOR_EVENTS",
    "REMARKS",
    "Fault",
    "Reading",
    "column_of",
    "columns_faults",
    "fault_sentence",
    "from_lines",
    "from_row",
    "from_table",
    "from_values",
]

REMARKS = {"en": "Remarks", "ja": "指摘"}
"""The column in which a table of ours comes back with its faults; where it is sent in again, nobody reads it."""
ONLY_FOR_EVENTS = frozenset({"closes", "per_firm"})
NOT_FOR_EVENTS = frozenset({"conflict_check"})

_EVENT_KINDS = frozenset(map(name_key, ("event", "training", "seminar", "イベント", "催し", "研修", "研修会", "セミナー")))

_LONGEST = {"title": 200, "summary": 2_000, "details": 20_000, "conflict_check": 2_000, "contact": 500}
_LONGEST_ELSE = 200
_NOBODY = frozenset(
    "none|no|no one|nobody|nil|n/a|n.a|-|not needed|not required|not applicable|no check|なし|無し|無|不要|ありません|必要ありません|必要なし"
    "|特になし|特に無し|該当なし|該当無し|該当者なし|なしです|不要です|特になしです|該当なしです".split("|")
)
"""How people write that there is nobody to check for; a name of one of these spellings is a part of a longer one."""
_FEWEST_PLACES, _MOST_PLACES = 1, 99
_WORDS: dict[str, tuple[Callable[[str], object], str]] = {
    "beginner_friendly": (eligibility.yes_or_no, "yes_or_no"),
    "remote_possible": (eligibility.yes_or_no, "yes_or_no"),
    "lawyers_gender": (eligibility.gender, "gender_unknown"),
}

_UNSPACED_BREAK = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff、。（）「」・ー])\n(?=[\u3040-\u30ff\u3400-\u9fff、。（）「」・ー])")
"""Where a mail program has wrapped Japanese, which is written without spaces."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail's lines said: the case if nothing is wrong, else every fault; `entered` gives the form back as far as understood."""

    fields: CaseFields | None
    faults: tuple[Fault, ...] = ()
    entered: dict[str, str] = field(default_factory=dict)


def columns_faults(header: Iterable[str]) -> tuple[Fault, ...]:
    """Columns that are unknown, there twice under two names, or missing."""
    remarks = {name_key(name) for name in REMARKS.values()}
    return heading_faults([column for column in header if name_key(column) not in remarks], NAMES, required=REQUIRED)


def column_of(fault: Fault, header: Iterable[str]) -> str | None:
    """The heading, as it is written, of the column in which a fault of a table stands; None where it has none, such as one that is missing."""
    _, key = line_and_key(fault.where)
    return next((column for column in header if (column == fault.value if key == "header" else NAMES.get(name_key(column)) == key)), None)


def from_table(
    header: Iterable[str], rows: Iterable[tuple[int, Mapping[str, str]]], *, zone: ZoneInfo, today: date, is_event: bool = False
) -> tuple[tuple[CaseFields, ...], tuple[Fault, ...]]:
    """Every row as a case, and every fault of the table; the cases count only where there is no fault."""
    faults = list(columns_faults(header))
    cases: list[CaseFields] = []
    for line, cells in rows:
        read = from_row(cells, line=line, zone=zone, today=today, is_event=is_event)
        if isinstance(read, CaseFields):
            cases.append(read)
        else:
            faults += read
    return tuple(cases), tuple(faults)


def from_row(cells: Mapping[str, str], *, line: int, zone: ZoneInfo, today: date, is_event: bool = False) -> CaseFields | tuple[Fault, ...]:
    """One row of a table; faults say `line 4, deadline`."""
    reading = from_values(by_column(cells, NAMES), zone=zone, today=today, is_event=is_event)
    if reading.fields is not None:
        return reading.fields
    return tuple(Fault(f"line {line}, {fault.where}", fault.value, fault.sentence) for fault in reading.faults)


def from_lines(lines: Sequence[str], *, zone: ZoneInfo, today: date, is_event: bool = False) -> Reading:
    """The words of a staff mail, of an event if it is one or says when it closes.

    A value runs on until the next field, and a line that only looks like one is a fault; what stands before the first field is a greeting.
    """
    values, wrong = named_values(lines)
    if not values.keys() >= set(REQUIRED):
        wrong = (*unheard(lines), *wrong)
    reading = from_values(values, zone=zone, today=today, is_event=is_event)
    if not wrong:
        return reading
    return Reading(None, (*wrong, *reading.faults), reading.entered)


def from_values(
    values: Mapping[str, str], *, zone: ZoneInfo, today: date, is_event: bool = False, kept: Mapping[str, Deadline] | None = None
) -> Reading:
    """The case that these texts make, by the key of each field. Moments that are `kept` stand as they are, also in the past."""
    entered = {key: _tidied(key, values[key]) for key, _, _ in FORM_FIELDS if key in values}
    if plain(entered.get("conflict_check", "")).rstrip(".。 ") in _NOBODY:
        entered["conflict_check"] = ""
    faults = [fault for key, _, _ in FORM_FIELDS if (fault := _text_fault(key, entered.get(key, "")))]
    faulty = {fault.where for fault in faults}

    places = _places(entered.get("places", ""))
    if places is None and "places" not in faulty:
        faults.append(Fault("places", entered["places"], "places"))
    moments: dict[str, Deadline | str] = {
        key: kept[key] if kept and key in kept else read_deadline(entered[key], zone=zone, today=today)
        for key in ("deadline", "closes")
        if entered.get(key) and key not in faulty
    }
    faults.extend(Fault(key, entered[key], moment) for key, moment in moments.items() if isinstance(moment, str))
    deadline, closes = moments.get("deadline"), moments.get("closes")
    faults.extend(_event_faults(entered, deadline, closes, is_event=is_event))
    faults.extend(fault for key, read in _WORDS.items() if key not in faulty and (fault := _word_fault(key, entered.get(key, ""), read)))
    if faults or places is None or isinstance(deadline, str) or isinstance(closes, str):
        return Reading(None, tuple(faults), entered)

    entered |= {key: write_deadline(moment, zone) for key, moment in (("deadline", deadline), ("closes", closes)) if moment}
    return Reading(_case(entered, places, deadline, closes), (), entered)


def _event_faults(
    entered: Mapping[str, str], deadline: Deadline | str | None, closes: Deadline | str | None, *, is_event: bool
) -> list[Fault]:
    """What an event must say and what only an event may; its closing date is what makes it one."""
    faults: list[Fault] = []
    is_event = is_event or name_key(entered.get("kind", "")) in _EVENT_KINDS
    if is_event and not entered.get("closes"):
        faults.append(Fault("closes", "", "missing"))
    if entered.get("per_firm") and not is_event and not entered.get("closes"):
        faults.append(Fault("per_firm", entered["per_firm"], "only_for_events"))
    elif entered.get("per_firm") and _places(entered["per_firm"]) is None:
        faults.append(Fault("per_firm", entered["per_firm"], "places"))
    if entered.get("closes") and entered.get("conflict_check"):
        faults.append(Fault("conflict_check", entered["conflict_check"], "not_for_events"))
    if isinstance(closes, Deadline) and isinstance(deadline, Deadline) and closes.at > deadline.at:
        faults.append(Fault("closes", entered["closes"], "closes_too_late"))
    return faults


def _case(entered: Mapping[str, str], places: int, deadline: Deadline | None, closes: Deadline | None) -> CaseFields:
    return CaseFields(
        title=entered["title"],
        summary=entered["summary"],
        kind=entered.get("kind", ""),
        language=entered.get("language", ""),
        place=entered.get("place", ""),
        deadline=deadline,
        time_frame=entered.get("time_frame", ""),
        places=places,
        confidential=Confidential(
            details=entered.get("details", ""),
            conflict_names=entered.get("conflict_check", ""),
            contact=entered.get("contact", ""),
        ),
        terms=_terms(entered),
        event=Event(closes, _places(entered.get("per_firm", "") or "0") or 0) if closes else None,
    )


def _terms(entered: Mapping[str, str]) -> Terms:
    return Terms(
        eligible=eligibility.kept_capacities(entered.get("eligible", "")),
        is_for_beginners=eligibility.yes_or_no(entered.get("beginner_friendly", "")),
        interpreter=entered.get("interpreter", ""),
        gender=eligibility.gender(entered.get("lawyers_gender", "")) or "",
        region=entered.get("region", ""),
        is_remote=eligibility.yes_or_no(entered.get("remote_possible", "")),
    )


def _tidied(key: str, value: str) -> str:
    text = tidy(value)
    return text if key in OF_SEVERAL_LINES else tidy_line(_UNSPACED_BREAK.sub("", text))


def _word_fault(key: str, value: str, read: tuple[Callable[[str], object], str]) -> Fault | None:
    """A field that takes one of a few words only."""
    understood, sentence = read
    return Fault(key, value, sentence) if value and understood(value) is None else None


def _text_fault(key: str, value: str) -> Fault | None:
    longest = _LONGEST.get(key, _LONGEST_ELSE)
    if not value:
        return Fault(key, "", "missing") if key in REQUIRED else None
    if len(value) > longest:
        return Fault(key, value, f"too_long:{longest}")
    return Fault(key, value, "unreadable_characters") if "\ufffd" in value else None


def _places(value: str) -> int | None:
    """The number of places, 1 where none is given; None where it is no such number. ``2名``, ``二名`` and ``２`` are understood."""
    if not value:
        return _FEWEST_PLACES
    match = re.fullmatch(r"(\d{1,3})\s*(?:名|人|件|lawyers?|places?|people)?", in_digits(plain(value)))
    number = int(match[1]) if match else 0
    return number if _FEWEST_PLACES <= number <= _MOST_PLACES else None
