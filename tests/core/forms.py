"""The form of a case as staff send it, read on one day in Tokyo."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.core.intake import Reading, from_lines
from bot.core.model import CaseFields

TOKYO = ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 11, 22)


def read(text: str) -> Reading:
    return from_lines(text.split("\n"), zone=TOKYO, today=TODAY)


def fields(text: str) -> CaseFields:
    reading = read(text)
    assert reading.fields is not None, reading.faults
    return reading.fields


def faults(text: str) -> list[tuple[str, str]]:
    return [(fault.where, fault.sentence) for fault in read(text).faults]
