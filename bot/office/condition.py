"""The condition of the service as it stands on record: the daemon's sign of life, what it met, what was told, and what follows from that.

Given a transaction, writes the first and gives the rest. `status`, the daemon and staff who ask all see the same. Sends nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.core import claims as rule
from bot.core import events, health
from bot.core.health import LIMITS, Counted, Facts, Known, Lost, Trouble
from bot.core.mail import FIRST_DAY
from bot.core.model import ClaimState, Finding
from bot.core.trust import has_drifted
from bot.office import ABOUT_LETTERS, Office, renumbered, sightings, signing_in, spoilt, standstill, vigil
from bot.shell.ledger import Transaction

RUNNING, STOPPED = "running", "stopped"
BEAT, BACK, QUOTA = "daemon", "back", "quota"
_MOVED, _TROUBLE, _TOLD = "moved", "trouble", "told"
_DAY: Final = timedelta(days=1)


def note(office: Office, ledger: Transaction, troubles: Iterable[Trouble], *, beat: str) -> None:
    """What is met just now takes the place of what was; `beat` is the daemon's word that it is there.

    Where none had come for so long that its work stood still with it, it is back; one that starts again and again is not.
    """
    now, met = office.clock(), {f"{_TROUBLE} {trouble.name}": trouble for trouble in troubles}
    for name in ledger.marks.names(_TROUBLE) - set(met):
        ledger.marks.drop(name)
    for name, trouble in met.items():
        ledger.marks.put(name, trouble.since, note=trouble.detail)
    if beat:
        before = ledger.marks.at(BEAT)
        if before is None or now - before > LIMITS.silent:
            ledger.marks.put(BACK, now)
        ledger.marks.put(BEAT, now, note=beat)
        for part, age in office.pulse.ages().items():
            ledger.marks.put(f"{_MOVED} {part}", now - age)


def begin(office: Office) -> None:
    """At a start templates are read anew: that one was spoilt, and told, says nothing any more."""
    with office.ledger.writing() as ledger:
        if (told := known(ledger).get(spoilt.NAME)) is not None:
            spoilt.forget(ledger, told_at=told.told_at)


def known(ledger: Transaction) -> dict[str, Known]:
    """What was told and is not over, by the finding's name."""
    return {name: Known(since, datetime.fromisoformat(told_at)) for name, (since, told_at) in ledger.marks.noted_under(_TOLD).items()}


def told(ledger: Transaction, name: str, known: Known | None) -> None:
    """That a finding was told; None where it is over."""
    if known is None:
        ledger.marks.drop(f"{_TOLD} {name}")
    else:
        ledger.marks.put(f"{_TOLD} {name}", known.since, note=known.told_at.isoformat())


def findings(office: Office, ledger: Transaction) -> list[Finding]:
    """All that is wrong now."""
    return dated(health.findings(facts(office, ledger)), known(ledger))


def dated(found: Iterable[Finding], before: Mapping[str, Known]) -> list[Finding]:
    """What was told of before has begun then."""
    return [
        replace(finding, since=min(finding.since, before[finding.name].since)) if finding.name in before else finding for finding in found
    ]


def facts(office: Office, ledger: Transaction) -> Facts:
    now, marks, signs = office.clock(), ledger.marks, ledger.signs
    beat = marks.noted(BEAT)
    waits = not standstill.is_paused(ledger)  # what stands still because a person wants it so is no fault
    seen = vigil.look_back(ledger, now=now)
    unled = None if office.ledger.is_sqlite else ledger.replicas.unled_for()
    return Facts(
        now=now,
        unled_since=now - unled if unled else None,
        poll=timedelta(seconds=office.settings.imap.poll_seconds),
        beat=beat.at if beat else None,
        is_stopped=beat is not None and beat.note == STOPPED,
        back=marks.at(BACK),
        moved={part: noted.at for part, noted in marks.noted_under(_MOVED).items()},
        begun=marks.at("first_start"),
        looked=ledger.folders.scanned_from(office.folders),
        entered=signs.last_entered(),
        sent=marks.at("smtp"),
        due=Counted(*signs.due(now)) if waits else Counted(),
        old=Counted(*signs.old(now - LIMITS.letter_age)) if waits else Counted(),
        in_doubt=signs.in_doubt(),
        lost=Lost(*signs.lost(marks.at("smtp") or FIRST_DAY, ABOUT_LETTERS)),
        set_aside=signs.set_aside(now - _DAY),
        undecided=_undecided(office, ledger) if waits else Counted(),
        disk=_disk(office),
        quota=_quota(ledger, now),
        is_drifting=has_drifted(seen.lately, seen.before),
        clock_ahead=sightings.ahead(ledger, now),
        signin_ends=marks.at(signing_in.ENDS),
        troubles=[
            *(Trouble(name, at, said) for name, (at, said) in marks.noted_under(_TROUBLE).items()),
            *spoilt.trouble(ledger),
            *renumbered.trouble(office, ledger),
        ],
    )


def _undecided(office: Office, ledger: Transaction) -> Counted:
    """Cases with a claim that waits although its window is over. Where firms take turns, a claim may wait a day for another firm."""
    turn = _DAY if office.rules.one_per_firm else timedelta()
    closings, late = list[datetime](), turn + sightings.runs_ahead(ledger, office.clock())
    for case in ledger.cases.some(ledger.undecided.cases()).values():
        claims = [claim for claim in ledger.claims.of(case.id) if claim.state is ClaimState.QUEUED]
        closes = events.closes_at(case, claims) if case.event else rule.ripe_at(claims, settle=office.rules.settle)
        if closes is not None and closes + late <= office.clock():
            closings.append(closes + late)
    return Counted(len(closings), min(closings, default=None))


def _quota(ledger: Transaction, now: datetime) -> int | None:
    """As the mail server said of late; what it said long ago it may have taken back."""
    said = ledger.marks.noted(QUOTA)
    return int(said.note) if said and now - said.at < _DAY else None


def _disk(office: Office) -> int | None:
    """Of 100, as a process without privileges may use it; None where the database is a server's."""
    path = office.ledger.path
    if path is None:
        return None
    usage = shutil.disk_usage(path.parent)
    return round(100 * usage.used / (usage.used + usage.free)) if usage.used + usage.free else None
