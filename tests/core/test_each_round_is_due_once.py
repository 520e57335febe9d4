"""The calendar is caught up, not obeyed: each month's round is due once, on a business day, whatever the clock did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest

from bot.core.circulation import Calendar, due, month_of, occasions, on_offer, to_preview, upcoming
from bot.core.model import Deadline, Lifecycle
from tests.core.nouns import case

TOKYO = Calendar("0 9 1 * *", ZoneInfo("Asia/Tokyo"))
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_round_is_due_at_its_minute_in_the_organisations_zone() -> None:
    assert due(TOKYO, first_start=LONG_AGO, done={"2026-11"}, now=at("2026-12-01T08:59:59+09:00")) is None
    occasion = due(TOKYO, first_start=LONG_AGO, done={"2026-11"}, now=at("2026-12-01T09:00:00+09:00"))
    assert occasion and (occasion.month, occasion.at) == ("2026-12", at("2026-12-01T09:00:00+09:00"))


def test_a_round_that_was_slept_through_is_due_afterwards() -> None:
    occasion = due(TOKYO, first_start=LONG_AGO, done={"2026-11"}, now=at("2026-12-19T23:00:00+09:00"))
    assert occasion and occasion.month == "2026-12"


def test_of_several_missed_rounds_only_the_latest_is_caught_up() -> None:
    assert due(TOKYO, first_start=LONG_AGO, done=set(), now=at("2026-12-02T00:00:00+09:00")).month == "2026-12"
    assert due(TOKYO, first_start=LONG_AGO, done={"2026-12"}, now=at("2026-12-03T00:00:00+09:00")) is None


def test_hours_before_the_first_start_are_not_caught_up() -> None:
    assert due(TOKYO, first_start=at("2026-12-01T09:00:01+09:00"), done=set(), now=at("2026-12-05T09:00:00+09:00")) is None


def test_it_moves_to_the_next_business_day_of_the_country() -> None:
    moved = occasions(TOKYO, start=at("2027-01-01T00:00:00+09:00"), end=at("2027-01-31T00:00:00+09:00"))
    assert [(one.month, one.at) for one in moved] == [("2027-01", at("2027-01-04T09:00:00+09:00"))]


@pytest.mark.parametrize("country", ["JP", "DE", "US", "GU", "IL"])
def test_every_holiday_of_a_country_is_one_whatever_its_file_takes_from_that_of_another(country: str) -> None:
    off = holidays.country_holidays(country, years=(2027, 2028))
    days = [day for day in sorted(off) if day.year == 2027 and day.weekday() < 5]
    for day in days:
        occasion = upcoming(
            Calendar(f"0 9 {day.day} {day.month} *", ZoneInfo("UTC"), country=country), now=datetime(2027, day.month, day.day, tzinfo=UTC)
        )
        free = next(later for count in range(1, 20) if (later := day + timedelta(days=count)).weekday() < 5 and later not in off)
        assert occasion and occasion.at.date() == free
    assert days


def test_a_package_that_keeps_its_countries_elsewhere_gives_the_same_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holidays, "__file__", "/elsewhere/__init__.py")
    new_year = Calendar("0 9 1 1 *", ZoneInfo("UTC"), country="FR")  # no other test asks for it: what was read once stays
    occasion = upcoming(new_year, now=datetime(2027, 1, 1, tzinfo=UTC))
    assert occasion and occasion.at == datetime(2027, 1, 4, 9, tzinfo=UTC)


def test_a_round_of_the_last_day_that_moves_stays_the_older_months_round() -> None:
    late = Calendar("0 9 31 * *", ZoneInfo("Asia/Tokyo"))
    (moved,) = occasions(late, start=at("2026-10-20T00:00:00+09:00"), end=at("2026-11-20T00:00:00+09:00"))
    assert (moved.month, moved.at) == ("2026-10", at("2026-11-02T09:00:00+09:00"))


def test_O_10_an_hour_that_the_clock_skips_or_repeats_comes_once() -> None:
    for schedule, month in (("30 2 8 3 *", "2026-03"), ("30 1 1 11 *", "2026-11")):
        calendar = Calendar(schedule, ZoneInfo("America/New_York"), business_days_only=False, country="")
        found = occasions(calendar, start=at("2026-01-01T00:00:00+00:00"), end=at("2026-12-31T00:00:00+00:00"))
        assert [one.month for one in found] == [month]


def test_O_10_a_day_that_a_month_lacks_is_its_last() -> None:
    """“31st 02:30”: each month has its round, in a leap year too."""
    late = Calendar("30 2 31 * *", ZoneInfo("Asia/Tokyo"), business_days_only=False, country="")
    found = occasions(late, start=at("2028-01-01T00:00:00+09:00"), end=at("2028-12-31T23:00:00+09:00"))
    assert [one.month for one in found] == [f"2028-{month:02}" for month in range(1, 13)]
    assert [one.at.astimezone(late.zone).day for one in found] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    (leapless,) = occasions(late, start=at("2027-02-01T00:00:00+09:00"), end=at("2027-02-28T23:00:00+09:00"))
    assert leapless.at == at("2027-02-28T02:30:00+09:00")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("schedule", ["30 2 31 * *", "15 1 1 * *"])
def test_O_10_G_26_each_month_has_one_round_whatever_the_clocks_do(zone: str, schedule: str) -> None:
    """Asked twice a day for more than a year, and once after each fortnight of sleep."""
    calendar = Calendar(schedule, ZoneInfo(zone), country="")
    start = at("2027-12-15T00:00:00+00:00")
    for step in (timedelta(hours=13), timedelta(days=14)):
        done: list[str] = []
        now = start
        while now < start + timedelta(days=400):
            occasion = due(calendar, first_start=start, done=done, now=now)
            if occasion:
                assert occasion.at <= now
                done.append(occasion.month)
            now += step
        assert done[-12:] == [f"2028-{month:02}" for month in range(1, 13)] or done[-13:-1] == [
            f"2028-{month:02}" for month in range(1, 13)
        ]
        assert len(set(done)) == len(done)


def test_O_10_an_hour_in_the_gap_comes_when_the_clocks_have_jumped_and_one_in_the_overlap_the_first_time() -> None:
    berlin = Calendar("30 2 28 3 *", ZoneInfo("Europe/Berlin"), business_days_only=False, country="")
    (gap,) = occasions(berlin, start=at("2027-03-01T00:00:00+00:00"), end=at("2027-04-01T00:00:00+00:00"))
    assert gap.at == at("2027-03-28T01:00:00+00:00")
    berlin = Calendar("30 2 25 10 *", ZoneInfo("Europe/Berlin"), business_days_only=False, country="")
    (overlap,) = occasions(berlin, start=at("2026-10-01T00:00:00+00:00"), end=at("2026-11-01T00:00:00+00:00"))
    assert overlap.at == at("2026-10-25T00:30:00+00:00")


def test_staff_have_the_preview_its_hours_before_and_not_sooner() -> None:
    assert to_preview(TOKYO, now=at("2026-11-30T08:59:00+09:00"), done=set(), hours=24) is None
    assert to_preview(TOKYO, now=at("2026-11-30T09:00:00+09:00"), done=set(), hours=24).month == "2026-12"
    assert to_preview(TOKYO, now=at("2026-11-30T09:00:00+09:00"), done=set(), hours=0) is None


def test_a_month_that_was_sent_by_hand_is_not_announced_again() -> None:
    assert upcoming(TOKYO, now=at("2026-11-30T09:00:00+09:00"), done={"2026-12"}).month == "2027-01"


def test_the_month_is_that_of_the_organisations_zone() -> None:
    assert month_of(at("2026-11-30T20:00:00+00:00"), ZoneInfo("Asia/Tokyo")) == "2026-12"


def test_only_what_may_be_claimed_now_is_offered_urgent_first_then_by_deadline() -> None:
    now = at("2026-12-01T09:00:00+09:00")
    soon, later, past = (Deadline(at(f"{day}T00:00:00+09:00"), is_day=True) for day in ("2026-12-10", "2027-02-01", "2026-11-30"))
    cases = [
        case("JAR-2026-001"),
        case("JAR-2026-002", deadline=later),
        case("JAR-2026-003", deadline=soon),
        case("JAR-2026-004", is_emergency=True),
        case("JAR-2026-005", deadline=past),
        case("JAR-2026-006", free_places=0),
        case("JAR-2026-007", lifecycle=Lifecycle.DRAFT),
    ]
    assert [one.id for one in on_offer(cases, now=now)] == ["JAR-2026-003", "JAR-2026-004", "JAR-2026-002", "JAR-2026-001"]
