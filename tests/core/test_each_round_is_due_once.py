"""The calendar is caught up, not obeyed: each month's round is due once, on a business day, whatever the clock did."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

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


def test_a_round_of_the_last_day_that_moves_stays_the_older_months_round() -> None:
    late = Calendar("0 9 31 * *", ZoneInfo("Asia/Tokyo"))
    (moved,) = occasions(late, start=at("2026-10-20T00:00:00+09:00"), end=at("2026-11-20T00:00:00+09:00"))
    assert (moved.month, moved.at) == ("2026-10", at("2026-11-02T09:00:00+09:00"))


def test_O_10_an_hour_that_the_clock_skips_or_repeats_comes_once() -> None:
    for schedule, month in (("30 2 8 3 *", "2026-03"), ("30 1 1 11 *", "2026-11")):
        calendar = Calendar(schedule, ZoneInfo("America/New_York"), business_days_only=False, country="")
        found = occasions(calendar, start=at("2026-01-01T00:00:00+00:00"), end=at("2026-12-31T00:00:00+00:00"))
        assert [one.month for one in found] == [month]


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
