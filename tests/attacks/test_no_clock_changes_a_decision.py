"""F-17, O-13, G-19: our clock leaps, is wrong or is not set, and the same lawyer has the case; nothing goes out twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import rounds
from bot.core.timekeeping import BLUR
from bot.office import condition, sightings, standstill
from bot.reception import next_ripe, settle
from bot.shell.ledger.leases import LONGEST_WAIT
from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk

LEAPS = [timedelta(hours=2), -timedelta(hours=2), datetime(1970, 1, 1, tzinfo=UTC) - datetime(2026, 11, 20, 3, 0, tzinfo=UTC)]


@pytest.mark.parametrize("leap", LEAPS)
def test_F_17_a_leap_in_a_settlement_window_changes_no_decision(desk: Desk, leap: timedelta) -> None:
    """Bob's mail is read first and arrived last; then the clock leaps, and back again before the window is over."""
    case = desk.case(places=1)
    desk.writes(BOB, f"CLAIM {case}", at=105)
    desk.clock.after += leap
    desk.writes(ALICE, f"CLAIM {case}", at=103)
    desk.clock.after -= leap
    desk.writes(CHIKA, f"CLAIM {case}", at=104)
    desk.passes(seconds=110)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", CHIKA: "waitlisted", BOB: "waitlisted"}


def test_F_17_a_clock_that_runs_ahead_shortens_no_settlement_window(desk: Desk) -> None:
    """By twenty minutes, as the newest mail has shown. Bob's mail arrives last and is seen first; Alice's comes to light within the window."""
    case = desk.case(places=1)
    ahead = timedelta(minutes=20)
    with desk.office.ledger.writing() as ledger:
        shown = [(desk.now, desk.now + ahead)] * sightings.KEPT
        sightings.note(ledger, shown, looked_at=desk.now + ahead)
    desk.clock.after += ahead
    desk.writes(BOB, f"CLAIM {case}", at=2)
    desk.passes(seconds=10)
    desk.ticks()
    assert desk.standing(case) == {BOB: "queued"}
    with desk.office.ledger.reading() as ledger:
        window = desk.office.rules.settle
        assert next_ripe(desk.office, ledger) == desk.clock.began + timedelta(seconds=2) + window + ahead - BLUR
        assert "undecided" not in [finding.name for finding in condition.findings(desk.office, ledger)]
    desk.writes(ALICE, f"CLAIM {case}", at=1)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_F_17_with_a_clock_that_is_not_set_nothing_is_decided_sent_or_begun(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}", at=5)
    desk.clock.after = LEAPS[2]
    assert standstill.is_on(desk.office)
    with desk.office.ledger.reading() as ledger:
        assert "clock is not set" in standstill.why(desk.office, ledger)
        assert "clock_unset" in [finding.name for finding in condition.findings(desk.office, ledger)]
    assert settle(desk.office) == 0 and desk.standing(case) == {ALICE: "queued"}


def test_F_17_G_26_no_leap_sends_a_round_twice(desk: Desk) -> None:
    desk.case()
    rounds.open_due(desk.office)  # the first start
    desk.clock.after = timedelta(days=11)
    for leap in (timedelta(), timedelta(hours=2), -timedelta(hours=26), timedelta(hours=30), -timedelta(days=3), timedelta(days=3)):
        desk.clock.after += leap
        rounds.open_due(desk.office)
    assert [sum(letter.headers["List-Id"] is not None for letter in desk.letters_to(to)) for to in (ALICE, BOB, CHIKA)] == [1, 1, 1]


def test_O_13_a_letter_written_while_the_clock_was_ahead_leaves_when_it_is_right_again(desk: Desk) -> None:
    case = desk.case()
    desk.passes(minutes=15)
    desk.writes(ALICE, f"SHOW {case}")
    desk.passes(minutes=-15)
    with desk.office.ledger.writing() as ledger:
        (owed,) = ledger.leases.take(now=desk.now, sender="x@y.example", limit=9, by="test")
        ledger.outbox.deferred(owed.id, error="451", next_try_at=desk.now + timedelta(minutes=5))
        assert ledger.leases.take(now=desk.now, sender="x@y.example", limit=9, by="test") == []
        ledger.outbox.deferred(owed.id, error="451", next_try_at=desk.now + LONGEST_WAIT + timedelta(days=3000))
        assert [one.id for one in ledger.leases.take(now=desk.now, sender="x@y.example", limit=9, by="test")] == [owed.id]


def test_O_13_what_staff_were_asked_while_the_clock_was_ahead_can_still_be_answered(desk: Desk) -> None:
    desk.passes(minutes=15)
    desk.writes(SUZUKI, "Title: Detention hearing\nSummary: One visit before it.", subject="NEW CASE")
    desk.passes(minutes=-15)
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    with desk.office.ledger.reading() as ledger:
        assert [case.state for case in ledger.cases.all()] == ["open"]


_SCENE = """
import json, locale, sys
from pathlib import Path
from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk
from bot.core.model import Deadline
from datetime import UTC, datetime
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
desk = Desk.open(Path(sys.argv[1]))
case = desk.case(deadline=Deadline(datetime(2026, 12, 31, 15, 0, tzinfo=UTC), is_day=True))
desk.sends_the_round()
desk.writes(BOB, f"CLAIM {case}", at=105)
desk.writes(ALICE, f"claim {case.lower()}", at=103)
desk.writes(CHIKA, f"受任 {case}", at=103)
desk.settles()
desk.writes(SUZUKI, f"EXPLAIN {case}")
letters = [(letter.received.rcpt[0], letter.subject, [line for line in letter.text.splitlines() if "2026" in line and "mailto:" not in line]) for letter in desk.letters()]
print("SCENE" + json.dumps([desk.standing(case), desk.endings(), letters]))
"""


def _played(folder: Path, **env: str) -> object:
    folder.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", _SCENE, str(folder)], env={**os.environ, **env}, capture_output=True, text=True, timeout=110, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.partition("SCENE")[2])


def test_G_19_the_hosts_time_zone_and_locale_change_no_decision_and_no_letter(tmp_path: Path) -> None:
    hosts = (("UTC", "C"), ("Pacific/Chatham", "tr_TR.UTF-8"), ("America/St_Johns", "ja_JP.UTF-8"))
    first, *others = [_played(tmp_path / str(at), TZ=zone, LC_ALL=tongue, PYTHONUTF8="1") for at, (zone, tongue) in enumerate(hosts)]
    for other in others:
        assert other == first
