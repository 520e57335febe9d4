"""The monthly figures: by mail on their own, at REPORT, and by the command; counted from what really went out and came in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.model import Hidden
from bot.core.months import bounds
from bot.office import reports
from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk
from tests.story.people import Letter


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """At 04:00 in Berlin on 20 November 2026."""
    opened = Desk.open(tmp_path, timezone='timezone = "Europe/Berlin"', monthly='monthly = "0 9 1 * *"')
    opened.ticks()
    return opened


def a_busy_round(desk: Desk) -> None:
    """Seventeen appeals of which seven are taken, one after the other, each an hour after the last; and one interview that is not."""
    cases = [desk.case(f"Appeal {number}", kind="Appeal", language="Dari") for number in range(17)]
    desk.case("Interview", kind="Interview", language="Tigrinya")
    desk.sends_the_round()
    for case in cases[:7]:
        desk.passes(hours=1)
        desk.writes(ALICE, f"CLAIM {case}")
        desk.settles()


def reports_to(desk: Desk, address: str = SUZUKI) -> list[Letter]:
    return [letter for letter in desk.letters_to(address) if "in figures" in letter.subject or "実績" in letter.subject]


def test_placed_and_unplaced_and_the_hours_between_are_counted(desk: Desk) -> None:
    a_busy_round(desk)
    with desk.office.ledger.reading() as ledger:
        found = reports.figures_of(desk.office, ledger, "2026-11")
    assert (found.cases, found.placed, found.unplaced, found.is_over) == (18, 7, 11, False)
    assert found.waits is not None and (found.waits.count, found.waits.median) == (7, 4 * 3600)
    assert found.claims == 7


def test_a_claim_in_the_very_second_of_the_circulation_answers_it(desk: Desk) -> None:
    cases = [desk.case(f"Appeal {number}") for number in range(5)]
    desk.passes(milliseconds=400)
    desk.sends_the_round()
    for case in cases:
        desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        assert reports.figures_of(desk.office, ledger, "2026-11").claims == 5


def test_a_sort_with_few_cases_is_not_named(desk: Desk) -> None:
    a_busy_round(desk)
    with desk.office.ledger.reading() as ledger:
        found = reports.figures_of(desk.office, ledger, "2026-11")
    assert [(row.label, row.placed) for row in found.kinds] == [("Appeal", 7), ("", 0)]
    assert Hidden.FEW in {row.unplaced for row in found.kinds} and Hidden.WITHHELD in {row.unplaced for row in found.kinds}


def test_a_case_that_never_went_out_counts_by_its_placement_alone(desk: Desk) -> None:
    for number in range(5):
        desk.writes(ALICE, f"CLAIM {desk.case(f'Case {number}')}")
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        found = reports.figures_of(desk.office, ledger, "2026-11")
    assert (found.placed, found.waits, found.claims) == (5, None, 0)


def test_a_month_ends_at_midnight_in_the_zone(desk: Desk) -> None:
    assert bounds("2026-10", desk.office.rules.zone) == (
        datetime(2026, 9, 30, 22, 0, tzinfo=UTC),
        datetime(2026, 10, 31, 23, 0, tzinfo=UTC),
    )


def test_the_month_before_comes_by_itself_once(desk: Desk) -> None:
    a_busy_round(desk)
    desk.passes(days=11)
    desk.ticks()
    desk.ticks()
    assert [letter.subject for letter in reports_to(desk)] == ["November 2026 in figures"]
    assert reports_to(desk, SATO)[0].subject == "2026年11月の実績"
    desk.passes(days=31)
    desk.ticks()
    assert [letter.subject for letter in reports_to(desk)] == ["November 2026 in figures", "December 2026 in figures"]


def test_report_by_mail_is_of_this_month_so_far_or_of_the_one_that_is_named(desk: Desk) -> None:
    a_busy_round(desk)
    desk.writes(SUZUKI, "REPORT")
    assert desk.last_letter_to(SUZUKI).subject == "Figures for November 2026, so far"
    assert "placed: 7" in desk.last_letter_to(SUZUKI).text
    desk.writes(SUZUKI, "REPORT 2026-10")
    assert desk.last_letter_to(SUZUKI).subject == "Figures for October 2026"


def test_a_lawyer_is_sent_no_figures(desk: Desk) -> None:
    desk.writes(ALICE, "REPORT")
    assert "figures" not in desk.last_letter_to(ALICE).subject.lower() and desk.ending() == "for_staff"


def test_the_letter_draws_bars_that_need_no_picture(desk: Desk) -> None:
    a_busy_round(desk)
    desk.writes(SUZUKI, "REPORT")
    letter = desk.last_letter_to(SUZUKI)
    assert "█" in letter.text and 'class="tone0"' in letter.html and "<img" not in letter.html


def test_the_letter_of_the_month_brings_the_picture_to_each_in_their_language(desk: Desk) -> None:
    a_busy_round(desk)
    desk.clock.began = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    desk.ticks()
    pictures = {who: reports_to(desk, who)[0].files["2026-11.svg"].decode() for who in (SATO, SUZUKI)}
    assert "Cases by kind" in pictures[SUZUKI] and "Median wait" in pictures[SUZUKI] and "placed: 7" in pictures[SUZUKI]
    assert "種別ごとの案件" in pictures[SATO] and "決定までの中央値" in pictures[SATO]
    assert not any("Interview" in drawn for drawn in pictures.values()), "too few to be named"


def test_a_month_is_shown_with_the_months_before_it_as_their_own_reports_tell_them(desk: Desk) -> None:
    a_busy_round(desk)
    desk.passes(days=20)
    more = [desk.case(f"Hearing {number}", kind="Hearing", language="Dari") for number in range(6)]
    desk.sends_the_round()
    for case in more:
        desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        october, november, december = (reports.figures_of(desk.office, ledger, f"2026-{number}") for number in (10, 11, 12))
    assert october.months == november.months == (), "one month alone is no row of months"
    assert [one.month for one in december.months] == ["2026-11", "2026-12"]
    assert (december.months[0].placed, december.months[0].unplaced, december.months[0].median) == (7, 11, 4 * 3600)
    desk.writes(SUZUKI, "REPORT 2026-12")
    text = desk.last_letter_to(SUZUKI).text
    assert "Month by month" in text and "November 2026: half placed within 4 hours" in text


@pytest.mark.parametrize(("asked", "said"), [("REPORT 2026", "Figures for January 2026 to December 2026, so far"), ("REPORT 2025", "2025")])
def test_report_of_a_year_pools_its_months(desk: Desk, asked: str, said: str) -> None:
    a_busy_round(desk)
    desk.writes(SUZUKI, asked)
    letter = desk.last_letter_to(SUZUKI)
    assert said in letter.subject and ("placed: 7" in letter.text) == (asked == "REPORT 2026")


def test_a_case_of_two_rounds_counts_once_in_the_year(desk: Desk) -> None:
    a_busy_round(desk)
    desk.passes(days=20)
    desk.sends_the_round()
    with desk.office.ledger.reading() as ledger:
        year = reports.figures_of(desk.office, ledger, reports.period_named(desk.office, "2026"))
    assert (year.cases, year.placed, year.unplaced) == (18, 7, 11)


def test_a_year_begins_with_the_month_that_the_organisation_says(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, monthly="year_begins = 4")
    assert reports.period_named(desk.office, "2026") == reports.period_named(desk.office, "2026年度") == "2026-04/2027-03"
    desk.writes(SATO, "実績 2026年11月")
    assert desk.last_letter_to(SATO).subject == "2026年11月の実績（途中経過）"
    desk.writes(SATO, "実績 2026年度")
    assert desk.last_letter_to(SATO).subject == "2026年4月～2027年3月の実績（途中経過）"
