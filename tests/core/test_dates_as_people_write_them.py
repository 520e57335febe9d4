"""A date is read as it was meant, or asked about; never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import pause_until, read_day, read_deadline, write_deadline
from bot.core.faults import fault_sentence
from bot.core.model import Deadline, Fault
from bot.core.tongue import JAPANESE

TOKYO = ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 11, 22)


def read(text: str, *, zone: ZoneInfo = TOKYO, today: date = TODAY) -> Deadline | str:
    return read_deadline(text, zone=zone, today=today)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-20",
        "2026/12/20",
        "2026.12.20",
        "20261220",
        "12/20",
        "20/12",
        "12月20日",
        "12月20日（日）",
        "2026年12月20日",
        "２０２６／１２／２０",
        "令和8年12月20日",
        "令和８年１２月２０日(日・祝)",
        "R8.12.20",
        "R8/12/20",
        "20 December 2026",
        "Dec 20, 2026",
        "Dec. 20",
        "20th Dec 2026",
        "Sunday, 20 December 2026",
        "20-Dec-2026",
        "20.12.2026",
        "by 20 December",
        "12月20日まで",
        "12月20日必着",
        "2026‐12‐20",
        "2026年 12月 20日。",
        "十二月二十日",
        "二〇二六年十二月二十日",
        "令和八年一二月二十日(日)",
        "今年12月20日",
        "本年の12/20まで",
    ],
)
def test_a_day_runs_until_the_local_midnight_that_ends_it(text: str) -> None:
    assert read(text) == Deadline(datetime(2026, 12, 20, 15, 0, tzinfo=UTC), is_day=True)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-20 17:00",
        "2026-12-20T17:00",
        "2026-12-20 17:00:00",
        "12月20日 17時",
        "12月20日17時",
        "12月20日（日）17：00",
        "12月20日 午後5時",
        "20 December 2026 at 5pm",
        "Dec 20, 5:00 p.m.",
        "2026-12-20T08:00Z",
        "2026-12-20T17:00+09:00",
        "2026-12-20 17:00 JST",
        "12月20日 17：00必着",
    ],
)
def test_a_time_is_that_instant(text: str) -> None:
    assert read(text) == Deadline(datetime(2026, 12, 20, 8, 0, tzinfo=UTC), is_day=False)


@pytest.mark.parametrize(("text", "minutes"), [("12月20日 正午", 12 * 60), ("12月20日 17時半", 17 * 60 + 30), ("12月20日 24時", 24 * 60)])
def test_japanese_hours_have_names(text: str, minutes: int) -> None:
    deadline = read(text)
    assert isinstance(deadline, Deadline)
    assert (deadline.at - datetime(2026, 12, 19, 15, 0, tzinfo=UTC)).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("3/4", "date_ambiguous"),
        ("03/04/2027", "date_ambiguous"),
        ("next Friday", "date_relative"),
        ("明日", "date_relative"),
        ("来週金曜日", "date_relative"),
        ("月末", "date_relative"),
        ("Friday", "date_relative"),
        ("within 3 days", "date_relative"),
        ("2026-02-30", "date_no_such_day"),
        ("13/45", "date_no_such_day"),
        ("2026-11-21", "date_past"),
        ("令和元年5月1日", "date_past"),
        ("2062-12-20", "date_far"),
        ("12月20日（金）", "date_weekday"),
        ("Monday, 20 December 2026", "date_weekday"),
        ("26/12/20", "date_unreadable"),
        ("12月20日 25時", "date_unreadable"),
        ("2026-12", "date_unreadable"),
        ("when ready", "date_unreadable"),
    ],
)
def test_what_is_no_clear_date_is_asked_about(text: str, fault: str) -> None:
    assert read(text) == fault
    assert text in fault_sentence(Fault("deadline", text, fault), JAPANESE)


@pytest.mark.parametrize("text", ["1/5まで", "1/5(火)", "1月5日", "来年1月5日", "来年の1/5まで", "来年一月五日", "２０２７年1/5"])
def test_the_month_stands_first_where_it_is_written_in_japanese(text: str) -> None:
    assert read(text) == Deadline(datetime(2027, 1, 5, 15, 0, tzinfo=UTC), is_day=True)
    assert read("1/5 17時まで") == Deadline(datetime(2027, 1, 5, 8, 0, tzinfo=UTC), is_day=False)


def test_whose_writer_puts_the_month_first_is_read_so_and_a_year_at_the_end_is_still_asked_about() -> None:
    assert pause_until("1/5", zone=TOKYO, today=TODAY, month_first=True) == datetime(2027, 1, 5, 15, 0, tzinfo=UTC)
    assert pause_until("1/5", zone=TOKYO, today=TODAY) == "date_ambiguous"
    assert pause_until("1/5/2027まで", zone=TOKYO, today=TODAY, month_first=True) == "date_ambiguous"


@pytest.mark.parametrize("text", ["来年", "来年1月", "来年春まで", "来月10日", "今月末", "十日後", "十日以内"])
def test_a_year_or_a_count_alone_is_no_day(text: str) -> None:
    assert read(text) in ("date_relative", "date_unreadable")


def test_a_day_without_a_year_is_the_next_such_day() -> None:
    assert read_day("1月5日", today=TODAY) == date(2027, 1, 5)
    assert read_day("11月22日", today=TODAY) == TODAY
    assert read_day("2月29日", today=TODAY) == date(2028, 2, 29)


def test_where_clocks_are_turned_back_the_earlier_instant_counts() -> None:
    deadline = read("2027-11-07 01:30", zone=ZoneInfo("America/New_York"))
    assert deadline == Deadline(datetime(2027, 11, 7, 5, 30, tzinfo=UTC), is_day=False)


def test_a_pause_includes_the_day_it_is_until() -> None:
    assert pause_until("UNTIL 1 March", zone=TOKYO, today=TODAY) == datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
    assert pause_until("3月1日まで", zone=TOKYO, today=TODAY) == datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
    assert pause_until("until later", zone=TOKYO, today=TODAY) in ("date_unreadable", "date_relative")


@given(st.datetimes(min_value=datetime(2026, 11, 23), max_value=datetime(2045, 1, 1)), st.booleans())
def test_what_we_write_we_read_back(at: datetime, is_day: bool) -> None:
    text = f"{at:%Y-%m-%d}" if is_day else f"{at:%Y-%m-%d %H:%M}"
    deadline = read(text)
    assert isinstance(deadline, Deadline)
    assert write_deadline(deadline, TOKYO) == text


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_answered(text: str) -> None:
    assert isinstance(read(text), Deadline | str)
