"""How the service is: finds what is wrong from the ledger, the disk and the daemon, and tells it, also when mail is what is broken.

A pass writes the daemon's sign of life, owes the letters to staff that mail can still carry, and gives the news to the second way (see
`shell.alarm`). What was told is on record, so that neither a restart nor another process tells it again; where the ledger is what is
broken, this process remembers. Decides nothing about cases, and reads no letter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.core import health
from bot.core.health import Facts, Known, News, Trouble, Turn
from bot.core.model import Finding, Grade
from bot.office import Office, condition, renumbered, spoilt
from bot.shell.alarm import Alarm
from bot.shell.ledger import LedgerAway, TermOver, Transaction
from bot.shell.probe import Answer

log = structlog.get_logger()


@dataclass(slots=True)
class Attendant:
    """Looks after the service, pass by pass; keeps what the last one found."""

    office: Office
    alarm: Alarm
    found: list[Finding] = field(default_factory=list)
    facts: Facts | None = None
    """Of the last pass that could read the ledger."""
    attended_at: datetime | None = None
    _unwritten: dict[str, Known] = field(default_factory=dict)
    """Told while the ledger could not be written."""
    _failed: Trouble | None = None
    """The second way itself."""

    def attend(self, troubles: Iterable[Trouble] = (), *, beat: str = "") -> list[Finding]:
        """One pass; gives all that is wrong. `beat` is the daemon's sign of life, "" for a command that only passes by."""
        now = self.office.clock()
        met = [*troubles, *([self._failed] if self._failed else [])]
        try:
            with self.office.ledger.deciding() as ledger:
                condition.note(self.office, ledger, met, beat=beat)
                spoilt.note(ledger, self.office.typesetter.spoilt)
                known = condition.known(ledger) | self._unwritten
                self.facts = condition.facts(self.office, ledger)
                found = condition.dated(health.findings(self.facts), known)
                told = health.news(found, known, now)
                _owe_letters(self.office, ledger, told)
        except TermOver:
            raise  # whoever leads now looks after the service
        except LedgerAway as away:
            known, found = self._unwritten, [_database_away(now, away, self._unwritten)]
            told = [one for one in health.news(found, known, now) if one.turn is not Turn.OVER]
        self._give(told)
        self.found, self.attended_at = found, now
        return found

    def keeps_closed(self, name: str) -> None:
        """What is wrong lets nothing be opened, so no pass can be made: the second way tells it alone, once a day, until a pass finds it over."""
        now, (grade, words) = self.office.clock(), health.WORDS[name]
        with self.office.ledger.reading() as ledger:
            known = condition.known(ledger)
        told = health.news([Finding(name, grade, now, words)], known, now)
        self._give([one for one in told if one.finding.name == name])

    def look(self) -> list[Finding]:
        """Beside another replica, which leads and does the telling: what is wrong as it stands on record."""
        now = self.office.clock()
        try:
            with self.office.ledger.reading() as ledger:
                self.facts = condition.facts(self.office, ledger)
                self.found = condition.findings(self.office, ledger)
        except LedgerAway as away:
            self.found = [_database_away(now, away, self._unwritten)]
        self.attended_at = now
        return self.found

    def _give(self, told: Sequence[News]) -> None:
        """To the second way first and then on record: told once too often rather than never."""
        faults = [one for one in told if one.finding.grade is Grade.FAULT]
        outcome = self.alarm.tell(_text(self.office, faults), _document(self.office, faults)) if faults else {}
        failures = [fault for fault in outcome.values() if fault]
        for fault in failures:
            log.error("an alert could not be given", reason=fault)
        self._failed = Trouble("alert_failed", self.office.clock(), " ".join(failures)) if failures else None
        is_heard = not outcome or len(failures) < len(outcome)
        for one in [one for one in told if is_heard or one not in faults]:
            say = log.error if one.turn is not Turn.OVER else log.info
            say("health", finding=one.finding.name, turn=one.turn.value, since=one.finding.since.isoformat())
            self._put_on_record(one)

    def _put_on_record(self, one: News) -> None:
        name, now = one.finding.name, self.office.clock()
        is_over = one.turn is Turn.OVER
        self._unwritten.pop(name, None)
        try:
            with self.office.ledger.writing() as ledger:
                condition.told(ledger, name, None if is_over else Known(one.finding.since, now))
        except LedgerAway:
            if not is_over:
                self._unwritten[name] = Known(one.finding.since, now)

    def health(self) -> Answer:
        """For a probe: 200 while no fault is there, and somebody has looked of late."""
        now, at = self.office.clock(), self.attended_at
        is_fresh = at is not None and now - at <= _FRESH
        faults = [finding for finding in self.found if finding.grade is Grade.FAULT]
        document = {
            "is_well": is_fresh and not faults,
            "looked_at": at.isoformat() if at else None,
            "health": [as_document(one) for one in self.found],
        }
        return Answer(200 if document["is_well"] else 503, "application/json", json.dumps(document, indent=2) + "\n")

    def metrics(self) -> Answer:
        """For Prometheus; nothing before the first pass."""
        return Answer(200, "text/plain; version=0.0.4", health.exposition(self.facts, self.found) if self.facts else "")


_FRESH: Final = timedelta(minutes=5)
_OWN_LETTERS: Final = frozenset({"drift", renumbered.NAME})
"""Told by a letter of their own, with its figures and hours, and never over."""


def _database_away(now: datetime, away: LedgerAway, known: Mapping[str, Known]) -> Finding:
    grade, words = health.WORDS["database_away"]
    since = known["database_away"].since if "database_away" in known else now
    return Finding("database_away", grade, since, words, detail=str(away))


def _owe_letters(office: Office, ledger: Transaction, told: Sequence[News]) -> None:
    """What mail can carry goes to staff too; of what it could not, they hear when it is over. Once a day about one thing."""
    day = office.clock().astimezone(office.rules.zone).date()
    for one in told:
        finding, is_over = one.finding, one.turn is Turn.OVER
        if finding.name in _OWN_LETTERS or (finding.name in health.UNMAILABLE and not is_over):
            continue
        if finding.name == spoilt.NAME and is_over:
            continue  # whether it was mended shows when the next such letter is written, and nobody knows when
        facts = {"finding": finding.name, "since": finding.since, "told": finding.sentence, "is_over": is_over}
        office.tell_staff(ledger, "trouble", facts, once=f"trouble:{finding.name}:{is_over}:{day}")


def _text(office: Office, told: Sequence[News]) -> str:
    """For a pager or a person: what it is, since when, what to do."""
    lines = [f"firstreply of {office.settings.organisation.name}:"]
    for one in told:
        since = one.finding.since.astimezone(office.rules.zone).strftime("%Y-%m-%d %H:%M %Z")
        is_over = one.turn is Turn.OVER
        lines.append(
            f"- It is over; it had begun at {since}: {one.finding.sentence}" if is_over else f"- Since {since}: {one.finding.sentence}"
        )
    return "\n".join(lines) + "\n"


def _document(office: Office, told: Sequence[News]) -> dict[str, object]:
    """`text` is what chat services show."""
    return {
        "organisation": office.settings.organisation.name,
        "at": office.clock().isoformat(),
        "text": _text(office, told),
        "news": [{"turn": one.turn.value, **as_document(one.finding)} for one in told],
    }


def as_document(finding: Finding) -> dict[str, object]:
    """For machines; without what a server said."""
    return {"name": finding.name, "grade": finding.grade.value, "since": finding.since.isoformat(), "what": finding.sentence}


def is_moving(office: Office) -> bool:
    """Whether every part of this process has made its step in time."""
    return not health.stalled(office.pulse.ages(), timedelta(seconds=office.settings.imap.poll_seconds))


def alarm(office: Office) -> Alarm:
    """The second way as configured."""
    wanted = office.settings.alerts
    file = office.settings.file.parent / wanted.file if wanted.file else None
    return Alarm(file, wanted.command, wanted.webhook.get_secret_value())


def rehearse(office: Office, alarm: Alarm) -> dict[str, str]:
    """Whether each way works, tried with words that nobody will take for an alert."""
    text = f"firstreply of {office.settings.organisation.name}: this is a test. All is well.\n"
    return alarm.tell(text, {"organisation": office.settings.organisation.name, "at": office.clock().isoformat(), "text": text, "news": []})
