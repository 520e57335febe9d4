"""Dates as readers write them, and lines broken where either language may break them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import read_deadline
from bot.core.model import Deadline
from bot.core.tongue import ENGLISH, JAPANESE, Tongue
from bot.shell.letters import times
from bot.shell.letters.layout import KEPT_END, KEPT_START, fill, width

TOKYO = ZoneInfo("Asia/Tokyo")
AT = datetime(2026, 12, 20, 8, 0, tzinfo=UTC)


def test_a_deadline_with_an_hour_is_told_in_local_time() -> None:
    told = [times.deadline(Deadline(AT, is_day=False), tongue=tongue, zone=TOKYO) for tongue in (ENGLISH, JAPANESE)]
    assert told == ["Sun 20 Dec 2026, 17:00 JST", "2026年12月20日(日) 17:00 JST"]


def test_a_deadline_of_a_whole_day_is_told_by_that_day() -> None:
    midnight = Deadline(datetime(2026, 12, 20, 15, 0, tzinfo=UTC), is_day=True)
    told = [times.deadline(midnight, tongue=tongue, zone=TOKYO) for tongue in (ENGLISH, JAPANESE)]
    assert told == ["Sun 20 Dec 2026", "2026年12月20日(日)"]


@pytest.mark.parametrize(
    ("zone", "name"), [("Asia/Tokyo", "JST"), ("Europe/Berlin", "CET"), ("Asia/Dubai", "UTC+04"), ("UTC", "UTC"), ("Asia/Kolkata", "IST")]
)
@pytest.mark.parametrize("tongue", [ENGLISH, JAPANESE])
def test_a_deadline_with_an_hour_names_its_zone_and_is_read_back_as_it_is_told(zone: str, name: str, tongue: Tongue) -> None:
    told = times.deadline(Deadline(AT, is_day=False), tongue=tongue, zone=ZoneInfo(zone))
    assert told.endswith(f" {name}")
    assert read_deadline(told, zone=ZoneInfo(zone), today=date(2026, 11, 2)) == Deadline(AT, is_day=False)


def test_an_arrival_is_told_to_the_second_in_both_times() -> None:
    at = datetime(2026, 11, 2, 0, 2, 11, tzinfo=UTC)
    assert times.moment(at, tongue=ENGLISH, zone=TOKYO) == "Mon 2 Nov 2026, 09:02:11 JST (00:02:11 UTC)"
    assert times.moment(at.isoformat(), tongue=JAPANESE, zone=TOKYO) == "2026年11月2日(月) 09:02:11 JST（UTC 00:02:11）"


def test_an_arrival_says_so_where_the_day_differs_in_utc() -> None:
    at = datetime(2026, 11, 1, 23, 2, 11, tzinfo=UTC)
    assert times.moment(at, tongue=ENGLISH, zone=TOKYO) == "Mon 2 Nov 2026, 08:02:11 JST (1 Nov, 23:02:11 UTC)"
    assert times.moment(at, tongue=JAPANESE, zone=TOKYO) == "2026年11月2日(月) 08:02:11 JST（UTC 11月1日 23:02:11）"


def test_a_pause_until_midnight_is_told_by_its_last_day() -> None:
    assert times.local_day("2026-12-31T15:00:00+00:00", tongue=ENGLISH, zone=TOKYO) == "Thu 31 Dec 2026"


def test_the_hour_that_a_clock_change_repeats_stays_one_moment() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    told = [times.moment(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), tongue=ENGLISH, zone=berlin) for hour in (0, 1)]
    assert told == ["Sun 25 Oct 2026, 02:30:00 CEST (00:30:00 UTC)", "Sun 25 Oct 2026, 02:30:00 CET (01:30:00 UTC)"]


@pytest.mark.parametrize(
    ("seconds", "english", "japanese"),
    [(0, "0 seconds", "0秒"), (1, "1 second", "1秒"), (90, "90 seconds", "90秒"), (120, "2 minutes", "2分"), (172800, "2 days", "2日")],
)
def test_a_span_is_told_in_its_largest_even_unit(seconds: int, english: str, japanese: str) -> None:
    assert (times.span(seconds, tongue=ENGLISH), times.span(seconds, tongue=JAPANESE)) == (english, japanese)


def test_a_month_is_told_by_its_name() -> None:
    assert (times.month("2026-11", tongue=ENGLISH), times.month("2026-11", tongue=JAPANESE)) == ("November 2026", "2026年11月")


@given(st.text(alphabet="案件「」、。（）ーっ abc 12", max_size=200), st.integers(min_value=12, max_value=40))
def test_no_japanese_line_begins_or_ends_where_it_must_not(text: str, columns: int) -> None:
    lines = fill(text, columns=columns).split("\n")
    breaks = [(before, after) for before, after in pairwise(lines) if before and after]
    unspaced = "".join(text.split())
    for before, after in breaks:
        if before[-1] + after[0] in unspaced and f"{before[-1]} {after[0]}" not in " ".join(text.split()):
            assert after[0] not in "、。」）ーっ" and before[-1] not in "「（"


@given(st.text(max_size=400), st.integers(min_value=10, max_value=80))
def test_wrapping_loses_nothing_but_space(text: str, columns: int) -> None:
    text = text.replace(KEPT_START, "").replace(KEPT_END, "")
    assert "".join(fill(text, columns=columns).split()) == "".join(text.split())


@given(
    st.lists(st.sampled_from(["word", "案件", "、", f"{KEPT_START}“CLAIM JAR-2026-014”{KEPT_END}", "mailto:a@b"]), min_size=2, max_size=30)
)
def test_what_must_not_begin_a_line_never_does(words: list[str]) -> None:
    lines = fill(" ".join(["so", *words]), columns=40).split("\n")
    assert not any(line.startswith("“") for line in lines)


def test_before_a_command_a_japanese_line_breaks_where_a_phrase_begins() -> None:
    command = f"{KEPT_START}「LIST」{KEPT_END}"
    assert fill(f"届いたメールは保管してあり、{command}", columns=22).split("\n") == ["届いたメールは", "保管してあり、「LIST」"]
    assert fill(f"ご覧になるときは、1通のメールに{command}", columns=28).split("\n") == ["ご覧になるときは、1通の", "メールに「LIST」"]


def test_a_link_is_never_broken() -> None:
    link = "mailto:cases@example.org?subject=" + "x" * 200
    assert link in fill(f"see {link} now").split("\n")


def test_wide_characters_count_twice() -> None:
    assert width("JAR 案件ｱ") == 9 and all(width(line) <= 20 for line in fill("案件" * 50, columns=20).split("\n"))


def test_japanese_lines_of_a_template_join_without_a_space() -> None:
    assert fill("期限は\n  12月です。\n  次の行") == "期限は 12月です。次の行"
