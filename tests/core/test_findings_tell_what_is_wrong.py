"""What is wrong with the service is found from facts alone: at its limit and not before, and told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.health import WORDS, Counted, Facts, Known, Lost, Trouble, Turn, findings, news, stalled
from bot.core.model import Grade

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WELL = Facts(NOW, beat=NOW, looked=NOW, begun=NOW - DAY, sent=NOW - DAY, moved={"reader": NOW, "sender": NOW, "clock": NOW})


def names(facts: Facts) -> list[str]:
    return [finding.name for finding in findings(facts)]


def ago(span: timedelta) -> datetime:
    return NOW - span


def test_where_all_is_well_nothing_is_found() -> None:
    assert names(WELL) == []


def test_a_new_desk_where_nothing_ran_yet_is_well() -> None:
    assert names(Facts(NOW)) == []


@pytest.mark.parametrize(
    ("name", "at_the_limit", "beyond"),
    [
        ("daemon_gone", {"beat": ago(8 * MINUTE)}, {"beat": ago(9 * MINUTE)}),
        ("nobody_leads", {"unled_since": ago(2 * MINUTE)}, {"unled_since": ago(3 * MINUTE), "beat": ago(HOUR)}),
        ("reader_stalled", {"moved": {"reader": ago(26 * MINUTE)}}, {"moved": {"reader": ago(27 * MINUTE)}}),
        ("sender_stalled", {"moved": {"sender": ago(15 * MINUTE)}}, {"moved": {"sender": ago(16 * MINUTE)}}),
        ("clock_stalled", {"moved": {"clock": ago(5 * MINUTE)}}, {"moved": {"clock": ago(6 * MINUTE)}}),
        ("mailbox_unread", {"looked": ago(8 * MINUTE)}, {"looked": ago(9 * MINUTE)}),
        ("letters_stuck", {"due": Counted(3, ago(8 * MINUTE))}, {"due": Counted(3, ago(9 * MINUTE))}),
        ("letters_in_doubt", {"in_doubt": 4}, {"in_doubt": 5}),
        ("letters_lost", {"lost": Lost(9, ago(MINUTE), readers=2)}, {"lost": Lost(3, ago(MINUTE), readers=3)}),
        ("letters_lost", {"lost": Lost(1, ago(MINUTE), readers=1)}, {"lost": Lost(1, ago(MINUTE), readers=1, has_notice=True)}),
        ("undecided", {"undecided": Counted(1, ago(8 * MINUTE))}, {"undecided": Counted(1, ago(9 * MINUTE))}),
        ("set_aside", {"set_aside": 49}, {"set_aside": 50}),
        ("disk_filling", {"disk": 89}, {"disk": 90}),
        ("disk_full", {"disk": 94}, {"disk": 95}),
        ("mailbox_filling", {"quota": 89}, {"quota": 90}),
        ("mailbox_full", {"quota": 94}, {"quota": 95}),
        ("signin_ends", {"signin_ends": NOW + 14 * DAY + MINUTE}, {"signin_ends": NOW + 14 * DAY}),
        ("signin_over", {"signin_ends": NOW + 3 * DAY + MINUTE}, {"signin_ends": NOW + 3 * DAY}),
    ],
)
def test_a_finding_begins_beyond_its_limit(name: str, at_the_limit: dict[str, Any], beyond: dict[str, Any]) -> None:
    assert name not in names(replace(WELL, **at_the_limit))
    assert names(replace(WELL, **beyond))[:1] == [name]


def test_a_daemon_that_was_stopped_is_missed_only_where_nobody_looks_at_the_mailbox_since() -> None:
    stopped = replace(WELL, beat=ago(HOUR), is_stopped=True)
    assert names(replace(stopped, looked=ago(HOUR + MINUTE))) == ["daemon_stopped"]
    assert names(replace(stopped, looked=ago(HOUR - MINUTE))) == []


def test_under_cron_the_mailbox_may_rest_for_two_hours() -> None:
    cron = Facts(NOW, looked=ago(2 * HOUR))
    assert names(cron) == [] and names(replace(cron, looked=ago(2 * HOUR + MINUTE))) == ["mailbox_unread"]


def test_a_mailbox_that_was_never_read_is_found_from_the_first_start_on() -> None:
    assert names(replace(WELL, looked=None, begun=ago(9 * MINUTE))) == ["mailbox_unread"]


def test_who_looks_rarely_by_configuration_is_not_late() -> None:
    assert names(replace(WELL, poll=HOUR, looked=ago(HOUR + MINUTE))) == []


def test_a_long_backlog_that_moves_is_a_notice_and_no_fault() -> None:
    found = findings(replace(WELL, looked=ago(HOUR), entered=ago(MINUTE)))
    assert [(finding.name, finding.grade) for finding in found] == [("backlog", Grade.NOTICE)]


def test_letters_are_not_stuck_while_others_leave_but_old_ones_are_found() -> None:
    busy = replace(WELL, sent=ago(MINUTE), due=Counted(90, ago(HOUR)))
    assert names(busy) == [] and names(replace(busy, old=Counted(1, ago(2 * HOUR)))) == ["letters_old"]


@pytest.mark.parametrize(
    ("trouble", "more", "expected"),
    [
        ("mailbox_refused", {"looked": ago(HOUR)}, ["mailbox_refused"]),
        ("relay_refused", {"due": Counted(1, ago(HOUR))}, ["relay_refused"]),
        ("sender_refused", {"due": Counted(1, ago(HOUR))}, ["sender_refused"]),
        ("mailbox_away", {}, []),
        ("relay_away", {}, []),
    ],
)
def test_who_is_refused_finds_it_at_once_and_stands_for_what_follows(trouble: str, more: dict[str, Any], expected: list[str]) -> None:
    assert names(replace(WELL, troubles=[Trouble(trouble, NOW)], **more)) == expected


def test_what_the_server_said_is_shown_beside_and_never_in_the_sentence() -> None:
    away = replace(WELL, looked=ago(HOUR), troubles=[Trouble("mailbox_away", NOW, "no route to imap.example.org")])
    (found,) = findings(away)
    assert found.detail == "no route to imap.example.org" and "example" not in found.sentence


def test_faults_come_first() -> None:
    grades = [finding.grade for finding in findings(replace(WELL, is_drifting=True, disk=92, set_aside=60))]
    assert grades == [Grade.FAULT, Grade.NOTICE, Grade.NOTICE]


def test_where_the_sign_in_is_refused_what_follows_from_it_is_not_told_beside_it() -> None:
    met = [Trouble(name, NOW) for name in ("signin_refused", "mailbox_refused", "relay_refused")]
    assert names(replace(WELL, troubles=met, signin_ends=NOW + DAY)) == ["signin_refused"]


def test_every_finding_says_what_to_do_in_one_or_two_sentences() -> None:
    for name, (_, words) in WORDS.items():
        assert 2 <= words.format(count=60, percent=96, minutes=15, days=9).count(". ") + 1 <= 4 and words.endswith("."), name


def test_a_finding_is_told_when_it_begins_once_a_day_and_when_it_is_over() -> None:
    found = findings(replace(WELL, disk=96))
    (begun,) = news(found, {}, NOW)
    known = {"disk_full": Known(begun.finding.since, NOW)}
    assert begun.turn is Turn.BEGUN
    assert news(found, known, NOW + DAY - MINUTE) == []
    assert [one.turn for one in news(found, known, NOW + DAY)] == [Turn.LASTS]
    (over,) = news([], known, NOW + HOUR)
    assert (over.turn, over.finding.name, over.finding.since) == (Turn.OVER, "disk_full", begun.finding.since)


def test_a_part_that_makes_no_step_within_its_time_is_stalled() -> None:
    ages = {"reader": 25 * MINUTE, "sender": 15 * MINUTE, "clock": 5 * MINUTE}
    assert stalled(ages, timedelta()) == []
    assert stalled({part: age + MINUTE for part, age in ages.items()}, timedelta()) == ["reader", "sender", "clock"]
    assert stalled({"reader": 26 * MINUTE}, poll=MINUTE) == []
