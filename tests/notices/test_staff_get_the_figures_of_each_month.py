"""The monthly figures: by mail on their own, at REPORT, and by the command; counted from what really went out and came in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.model import Hidden
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
        found = reports.month_figures(desk.office, ledger, "2026-11")
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
        assert reports.month_figures(desk.office, ledger, "2026-11").claims == 5


def test_a_sort_with_few_cases_is_not_named(desk: Desk) -> None:
    a_busy_round(desk)
    with desk.office.ledger.reading() as ledger:
        found = reports.month_figures(desk.office, ledger, "2026-11")
    assert [(row.label, row.placed) for row in found.kinds] == [("Appeal", 7), ("", 0)]
    assert Hidden.FEW in {row.unplaced for row in found.kinds} and Hidden.WITHHELD in {row.unplaced for row in found.kinds}


def test_a_case_that_never_went_out_counts_by_its_placement_alone(desk: Desk) -> None:
    for number in range(5):
        desk.writes(ALICE, f"CLAIM {desk.case(f'Case {number}')}")
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        found = reports.month_figures(desk.office, ledger, "2026-11")
    assert (found.placed, found.waits, found.claims) == (5, None, 0)


def test_a_month_ends_at_midnight_in_the_zone(desk: Desk) -> None:
    assert reports.bounds("2026-10", desk.office.rules.zone) == (
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
