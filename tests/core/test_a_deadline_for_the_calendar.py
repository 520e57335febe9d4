"""A deadline as a calendar takes it (RFC 5545): the day that staff meant, and not a word about anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import calendar_file
from bot.core.model import Case, Confidential, Deadline
from bot.core.tongue import JAPANESE
from tests.core.nouns import NINE, case

TOKYO = ZoneInfo("Asia/Tokyo")
HEARING = case(title="Ahmad's appeal", summary="Karimi", deadline=Deadline(datetime(2026, 12, 20, 8, 0, tzinfo=UTC), is_day=False))
FILING = case(deadline=Deadline(datetime(2026, 12, 20, 15, 0, tzinfo=UTC), is_day=True))


def lines(one: Case, **more: Any) -> list[str]:
    told: dict[str, Any] = {"sequence": 0, "now": NINE, "organizer": "cases@ngo.example", "zone": TOKYO}
    text = calendar_file.text(one, **(told | more))
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    return text.split("\r\n")[:-1]


def test_an_hour_is_told_in_utc() -> None:
    assert "DTSTART:20261220T080000Z" in lines(HEARING)


def test_a_whole_day_is_the_local_day_and_ends_where_the_next_begins() -> None:
    found = lines(FILING)
    assert "DTSTART;VALUE=DATE:20261220" in found and "DTEND;VALUE=DATE:20261221" in found


def test_it_names_the_case_by_its_id_and_nothing_else() -> None:
    whole = "\n".join(lines(HEARING))
    assert "SUMMARY:JAR-2026-001: deadline" in whole and not any(word in whole for word in ("Ahmad", "Karimi", "appeal"))
    assert not hasattr(HEARING, "details") and Confidential().details == ""
    assert "SUMMARY:JAR-2026-001 期限" in lines(HEARING, tongue=JAPANESE)


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_an_end_is_a_cancellation() -> None:
    first, second = lines(HEARING), lines(replace(HEARING, title="New"), sequence=1, is_cancelled=True)
    uid = [line for line in first if line.startswith("UID:")]
    assert uid == [line for line in second if line.startswith("UID:")] == ["UID:deadline-jar-2026-001@ngo.example"]
    assert {"METHOD:PUBLISH", "SEQUENCE:0", "STATUS:CONFIRMED"} < set(first)
    assert {"METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"} < set(second)


def test_its_organiser_is_the_bot_and_nobody_is_invited() -> None:
    """RFC 5546 wants an organiser in both; without attendees no calendar asks for an answer or sends one."""
    for found in (lines(HEARING), lines(HEARING, is_cancelled=True)):
        assert "ORGANIZER:mailto:cases@ngo.example" in found and not any(line.startswith(("ATTENDEE", "CONTACT")) for line in found)


def test_it_has_what_every_calendar_must_have() -> None:
    found = lines(HEARING)
    assert found[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and "METHOD:PUBLISH" in found and "DTSTAMP:20261201T000000Z" in found


def test_long_lines_are_folded_at_75_octets_without_tearing_a_character() -> None:
    long = "\r\n".join(lines(HEARING, organizer="cases@" + "難" * 60 + ".example"))
    assert all(len(line.encode()) <= 75 for line in long.split("\r\n"))
    assert "難" * 60 in long.replace("\r\n ", "")


def test_a_case_without_a_deadline_has_no_file() -> None:
    with pytest.raises(ValueError, match="no deadline"):
        lines(case())


def test_the_file_goes_by_the_cases_id() -> None:
    file = calendar_file.enclosure(HEARING, sequence=0, now=NINE, organizer="cases@ngo.example", zone=TOKYO)
    assert (file.name, file.media_type) == ("JAR-2026-001.ics", "text/calendar; charset=utf-8; method=PUBLISH")
    ended = calendar_file.enclosure(HEARING, sequence=1, now=NINE, organizer="cases@ngo.example", zone=TOKYO, is_cancelled=True)
    assert ended.media_type.endswith("method=CANCEL")
