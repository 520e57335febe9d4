"""G-25, O-07: whatever stands still is found within ten minutes, told once by a way that does not depend on it, and told when it is over."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.health import Trouble
from bot.core.model import Finding
from bot.health import Attendant, alarm
from bot.office import condition
from bot.office.pulse import Pulse
from bot.reception import look
from bot.shell.mailbox import ImapAccount, Mailbox, fetching
from bot.shell.mailbox.wire import Wire
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOT, CANARIES, SATO, SUZUKI, Desk
from tests.servers.dovecot import Dovecot


class Watched:
    """A desk whose daemon works, with a file for alerts."""

    def __init__(self, folder: Path, **changed: str) -> None:
        self.desk = Desk.open(folder, **changed)
        self.file = folder / "alerts.jsonl"
        with (folder / "firstreply.toml").open("a") as out:
            out.write('\n[alerts]\nfile = "alerts.jsonl"\n')
        self.desk = Desk(Desk.reopened(folder, self.desk.clock), self.desk.clock)
        self.restarts()
        self.minute()

    def restarts(self) -> None:
        self.attendant = Attendant(self.desk.office, alarm(self.desk.office))

    def minute(self, *troubles: Trouble, reads: bool = True, sends: bool = True) -> list[str]:
        """A minute of the daemon's life; gives what it finds."""
        self.desk.passes(minutes=1)
        for part in ("reader", "sender", "clock"):
            self.desk.office.pulse.beat(part)
        if reads:
            self.desk.ticks()
        if sends:
            with self.desk.office.ledger.writing() as ledger:
                for letter in ledger.leases.take(now=self.desk.now, sender=BOT, limit=99, by="a sender"):
                    ledger.outbox.sent([letter.id], self.desk.now)
        return [finding.name for finding in self.attendant.attend(troubles, beat=condition.RUNNING)]

    def alerts(self) -> list[tuple[str, str]]:
        """(turn, name) of all that was told by the second way."""
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        return [(one["turn"], one["name"]) for line in lines for one in json.loads(line)["news"]]

    def status(self) -> list[Finding]:
        """As another process sees it."""
        with self.desk.office.ledger.reading() as ledger:
            return condition.findings(self.desk.office, ledger)

    def mailed(self) -> list[str]:
        return [
            letter.received.rcpt[0] for letter in self.desk.letters() if letter.subject.startswith(("Please look:", "ご確認ください："))
        ]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def full(percent: int) -> Any:
    return lambda _: namedtuple("usage", "total used free")(100, percent, 100 - percent)


def test_a_desk_that_works_has_no_finding(watched: Watched) -> None:
    assert [watched.minute() for _ in range(30)] == [[]] * 30
    assert watched.alerts() == [] and watched.mailed() == []


def test_O_07_a_reader_that_stands_still_is_found_within_ten_minutes(watched: Watched) -> None:
    found = [watched.minute(reads=False) for _ in range(9)]
    assert found[-2:] == [[], ["mailbox_unread"]]
    assert watched.alerts() == [("begun", "mailbox_unread")] and watched.mailed() == [SATO, SUZUKI]
    assert watched.minute() == [] and watched.alerts()[1:] == [("over", "mailbox_unread")]


def test_O_07_after_a_night_away_nothing_stands_still_before_there_was_time_for_it(watched: Watched) -> None:
    watched.desk.writes(ALICE, "STATUS")
    with watched.desk.office.ledger.writing() as ledger:
        ledger.marks.put("smtp", watched.desk.now)
    watched.desk.passes(hours=9)
    watched.restarts()
    found = [watched.minute(reads=False, sends=False) for _ in range(10)]
    assert found[:8] == [["letters_old"]] * 8, "it is two hours old"
    assert found[-1] == ["mailbox_unread", "letters_stuck"]
    assert watched.minute() == []


def test_O_07_a_first_look_that_lasts_is_a_long_backlog_and_no_fault(watched: Watched) -> None:
    watched.desk.passes(hours=9)
    found = []
    for _ in range(12):
        watched.desk.writes(ALICE, "STATUS")
        found.append(watched.minute(reads=False))
    assert found[0] == [] and found[-1] == ["backlog"] and watched.alerts() == []


def test_O_07_who_starts_again_and_again_is_not_given_the_time_anew(watched: Watched) -> None:
    found = []
    for _ in range(9):
        watched.restarts()
        found.append(watched.minute(reads=False))
    assert found[-1] == ["mailbox_unread"]


def test_O_07_a_daemon_that_died_is_found_from_outside(watched: Watched) -> None:
    watched.desk.passes(minutes=8)
    assert watched.status() == []
    watched.desk.passes(minutes=1)
    assert [finding.name for finding in watched.status()] == ["daemon_gone"]


def test_O_07_a_letter_that_waits_for_two_hours_is_found(watched: Watched) -> None:
    watched.desk.writes(ALICE, "STATUS")
    with watched.desk.office.ledger.writing() as ledger:
        ledger.marks.put("smtp", watched.desk.now)
    found = [watched.minute(sends=False) for _ in range(9)]
    assert found[-1] == ["letters_stuck"] and watched.alerts() == [("begun", "letters_stuck")]
    assert watched.mailed() == [], "what cannot be sent is not told by mail"
    with watched.desk.office.ledger.writing() as ledger:
        for letter in ledger.leases.take(now=watched.desk.now, sender=BOT, limit=9, by="a sender"):
            ledger.outbox.deferred(letter.id, error="451 later", next_try_at=watched.desk.now + timedelta(hours=3))
    watched.desk.passes(hours=2)
    assert watched.minute() == ["letters_old"]


def test_O_07_fifty_mails_that_nobody_can_use_are_found(watched: Watched) -> None:
    for number in range(49):
        watched.desk.writes("stranger@evil.example", f"JOIN {number}", proven=False)
    before = watched.minute()
    watched.desk.writes("stranger@evil.example", "CLAIM JUS-2026-001", proven=False)
    assert (before, watched.minute()) == ([], ["set_aside"])
    watched.desk.passes(days=1)
    assert watched.minute() == []


def test_O_07_a_disk_at_95_percent_is_a_fault_and_at_90_a_notice(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", full(90))
    assert watched.minute() == ["disk_filling"] and watched.alerts() == []
    monkeypatch.setattr(shutil, "disk_usage", full(95))
    assert watched.minute() == ["disk_full"] and watched.alerts() == [("begun", "disk_full")]


def test_G_25_claims_that_nobody_decides_are_found(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    case = watched.desk.case()
    watched.desk.writes(ALICE, f"CLAIM {case}")
    monkeypatch.setattr("tests.attacks.desk.settle", lambda office: 0)
    found = [watched.minute() for _ in range(14)]
    assert ["undecided"] in found and watched.desk.standing(case) == {ALICE: "queued"}


def test_what_lasts_is_told_once_a_day_also_after_a_restart(watched: Watched) -> None:
    refused = Trouble("relay_refused", watched.desk.now, "535 5.7.8 no")
    for _ in range(5):
        watched.minute(refused)
    watched.restarts()
    watched.minute(refused)
    assert watched.alerts() == [("begun", "relay_refused")]
    watched.desk.passes(hours=24)
    watched.minute(refused)
    assert watched.alerts()[1:] == [("lasts", "relay_refused")]
    watched.minute()
    assert watched.alerts()[2:] == [("over", "relay_refused")] and watched.status() == []


def test_C_08_a_refused_log_in_is_told_by_the_second_way_at_once_and_shown_with_what_the_server_said(watched: Watched) -> None:
    assert watched.minute(Trouble("relay_refused", watched.desk.now, "535 5.7.8 ask postmaster@mx.example")) == ["relay_refused"]
    assert watched.alerts() == [("begun", "relay_refused")] and watched.mailed() == []
    assert "postmaster" not in watched.file.read_text() and "postmaster" in watched.status()[0].detail


def test_an_alert_that_could_not_be_given_is_tried_again_and_is_itself_found(watched: Watched) -> None:
    refused = Trouble("relay_refused", watched.desk.now)
    watched.file.mkdir()
    assert watched.minute(refused) == ["relay_refused"]
    assert watched.minute(refused) == ["relay_refused", "alert_failed"] and watched.mailed() == [SATO, SUZUKI]
    watched.file.rmdir()
    watched.minute(refused)
    assert watched.alerts() == [("begun", "relay_refused")]


def test_C_20_where_the_ledger_cannot_be_written_the_second_way_still_tells_and_once(watched: Watched) -> None:
    path = watched.desk.office.ledger.path
    assert path is not None
    watched.desk.office.ledger.close()
    away = path.with_suffix(".away")
    path.rename(away)
    path.mkdir()
    assert [watched.minute(reads=False, sends=False) for _ in range(3)] == [["database_away"]] * 3
    assert watched.alerts() == [("begun", "database_away")]
    path.rmdir()
    away.rename(path)
    assert watched.minute() == [] and watched.alerts()[1:] == [("over", "database_away")]


def test_alerts_hold_nothing_of_a_case_and_nobodys_address(watched: Watched) -> None:
    case = watched.desk.case(details=" ".join(CANARIES))
    watched.desk.writes(ALICE, f"CLAIM {case}")
    for _ in range(12):
        watched.minute(reads=False)
    told = watched.file.read_text()
    assert "mailbox_unread" in told and not [word for word in (*CANARIES, ALICE, SATO, case, "@") if word in told]
    oracles.hold(watched.desk)


def test_the_facts_come_from_either_database(tmp_path: Path, database_url: str) -> None:
    watched = Watched(tmp_path, url=f'url = "{database_url}"')
    watched.desk.writes(ALICE, "STATUS")
    watched.desk.case()
    assert [watched.minute(sends=False) for _ in range(12)][-1] == ["letters_stuck"]
    assert (watched.minute(), watched.alerts()) == ([], [("begun", "letters_stuck"), ("over", "letters_stuck")])


def test_probes_see_the_findings_and_nothing_of_anybody(watched: Watched) -> None:
    answer = watched.attendant.health()
    assert (answer.status, json.loads(answer.text)["is_well"]) == (200, True)
    case = watched.desk.case(details=" ".join(CANARIES))
    watched.desk.writes(ALICE, f"CLAIM {case}")
    for _ in range(12):
        watched.minute(reads=False)
    answer, figures = watched.attendant.health(), watched.attendant.metrics()
    assert answer.status == 503 and [one["name"] for one in json.loads(answer.text)["health"]] == ["mailbox_unread"]
    assert 'firstreply_finding{name="mailbox_unread",grade="fault"} 1\n' in figures.text and "_due 0\n" in figures.text
    assert not [word for word in (*CANARIES, ALICE, case, "@") if word in answer.text + figures.text]


def test_a_probe_does_not_believe_a_look_of_long_ago(watched: Watched) -> None:
    watched.desk.passes(minutes=6)
    assert watched.attendant.health().status == 503


def test_O_12_a_mailbox_that_fills_is_told_at_90_percent_and_at_95(watched: Watched) -> None:
    found = []
    for percent in (89, 90, 95, 80):
        with watched.desk.office.ledger.writing() as ledger:
            ledger.marks.put(condition.QUOTA, watched.desk.now, note=str(percent))
        found.append(watched.minute())
    assert found == [[], ["mailbox_filling"], ["mailbox_full"], []]
    assert watched.alerts() == [("begun", "mailbox_full"), ("over", "mailbox_full")]
    assert watched.mailed() == [SATO, SUZUKI] * 2


def test_a_server_that_tells_of_a_long_backlog_stops_nobodys_pulse(desk: Desk, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it tells at once may take it seconds, and there may be a hundred times as much."""
    steps, beat, send, account = list[str](), Pulse.beat, Wire.send, dovecot.account(BOT)
    monkeypatch.setattr(fetching, "ENVELOPES_AT_ONCE", 1)
    monkeypatch.setattr(Pulse, "beat", lambda self, part: (steps.append(part), beat(self, part))[1])
    monkeypatch.setattr(Wire, "send", lambda self, data: (steps.append("asked") if b"INTERNALDATE" in data else None, send(self, data))[1])
    for number in range(3):
        dovecot.deliver(BOT, b"From: alice@lawfirm.example\r\nSubject: HELP\r\n\r\n%d\r\n" % number)
    with Mailbox(ImapAccount(dovecot.host, dovecot.port, "none", account.username, account.password), now=desk.clock) as mailbox:
        assert look(desk.office, mailbox) == 3
    assert steps[:6] == ["asked", "reader"] * 3
