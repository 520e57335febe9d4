"""One rule, one small function: facts and limits in, findings out. The order below is the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.core.health.facts import LIMITS, Facts, Limits, stalled
from bot.core.health.words import WORDS
from bot.core.mail import FIRST_DAY
from bot.core.model import Finding, Grade


def findings(facts: Facts, limits: Limits = LIMITS) -> list[Finding]:
    """All that is wrong, the faults first."""
    found = [finding for rule in _RULES for finding in rule(facts, limits)]
    return sorted(found, key=lambda finding: finding.grade is not Grade.FAULT)


def _daemon(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """One that ended without a word; one that was stopped, and nobody has looked at the mailbox since; or several of whom none leads."""
    if facts.unled_since is not None and facts.now - facts.unled_since > limits.unled:
        yield _finding("nobody_leads", facts.unled_since)
        return
    if facts.beat is None or facts.now - facts.beat <= limits.silent:
        return
    if not facts.is_stopped:
        yield _finding("daemon_gone", facts.beat)
    elif facts.looked is None or facts.looked <= facts.beat:
        yield _finding("daemon_stopped", facts.beat)


def _parts(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """Measured at the daemon's last sign of life: of what came after nobody knows."""
    if facts.beat is not None and _runs(facts, limits):
        for part in stalled({part: facts.beat - at for part, at in facts.moved.items()}, facts.poll):
            yield _finding(f"{part}_stalled", facts.moved[part])


def _mailbox(facts: Facts, limits: Limits) -> Iterator[Finding]:
    looked = facts.looked or facts.begun
    bound = max(limits.silent, 2 * facts.poll) if _runs(facts, limits) else limits.silent_under_cron
    if looked is None or facts.now - _seen_to(facts, looked) <= bound:
        return
    is_moving = facts.entered is not None and facts.now - facts.entered <= limits.silent
    if is_moving:
        yield _finding("backlog", looked)
    elif "mailbox_refused" not in _met(facts):
        yield replace(_finding("mailbox_unread", looked), detail=_met(facts).get("mailbox_away", ""))


def _letters(facts: Facts, limits: Limits) -> Iterator[Finding]:
    due, old = facts.due.since, facts.old.since
    flows = facts.sent is not None and facts.now - facts.sent <= limits.silent
    if due and facts.now - _seen_to(facts, due) > limits.silent and not flows:
        if not {"relay_refused", "sender_refused"} & _met(facts).keys():
            yield replace(
                _finding("letters_stuck", due, count=facts.due.count),
                detail=_met(facts).get("relay_away", _met(facts).get("outbox_barred", "")),
            )
    elif old:
        yield _finding("letters_old", old, count=facts.old.count)
    if facts.in_doubt >= limits.in_doubt:
        yield _finding("letters_in_doubt", facts.now, count=facts.in_doubt)


def _lost(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A letter to somebody who cannot be reached is told to staff. Where that fails, too, or so many fail that it may, nobody would hear."""
    lost = facts.lost
    if lost.since is not None and (lost.has_notice or lost.readers >= limits.lost_readers):
        yield _finding("letters_lost", lost.since, count=lost.count)


def _decisions(facts: Facts, limits: Limits) -> Iterator[Finding]:
    since = facts.undecided.since
    if since is not None and facts.looked is not None and facts.looked - since > limits.silent:
        yield _finding("undecided", since, count=facts.undecided.count)


def _quarantine(facts: Facts, limits: Limits) -> Iterator[Finding]:
    if facts.set_aside >= limits.set_aside:
        yield _finding("set_aside", facts.now, count=facts.set_aside)


def _room(facts: Facts, limits: Limits) -> Iterator[Finding]:
    for place, percent in (("disk", facts.disk), ("mailbox", facts.quota)):
        if percent is not None and percent >= limits.filling:
            yield _finding(f"{place}_full" if percent >= limits.full else f"{place}_filling", facts.now, percent=percent)


def _evidence(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    if facts.is_drifting:
        yield _finding("drift", facts.now)


def _clock(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    if facts.now < FIRST_DAY:
        yield _finding("clock_unset", facts.now)
    elif facts.clock_ahead is not None:
        minutes = max(1, round(abs(facts.clock_ahead.total_seconds()) / 60))
        yield _finding("clock_ahead" if facts.clock_ahead > timedelta() else "clock_behind", facts.now, minutes=minutes)


def _sign_in(facts: Facts, limits: Limits) -> Iterator[Finding]:
    if facts.signin_ends is None or "signin_refused" in _met(facts):
        return
    left = facts.signin_ends - facts.now
    if left <= limits.signin_near:
        yield _finding("signin_over" if left <= limits.signin_close else "signin_ends", facts.now, days=max(0, left.days))


def _troubles(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    hidden = _REFUSALS if "signin_refused" in _met(facts) else ()
    for trouble in facts.troubles:
        if trouble.name in WORDS and trouble.name not in hidden:
            yield replace(_finding(trouble.name, trouble.since), detail=trouble.detail)


_REFUSALS: Final = ("mailbox_refused", "relay_refused")
"""What follows where nobody is signed in any more, and has the same remedy."""

_RULES: Final[tuple[Callable[[Facts, Limits], Iterator[Finding]], ...]] = (
    _daemon,
    _parts,
    _troubles,
    _sign_in,
    _mailbox,
    _letters,
    _lost,
    _decisions,
    _room,
    _quarantine,
    _evidence,
    _clock,
)


def _met(facts: Facts) -> dict[str, str]:
    return {trouble.name: trouble.detail for trouble in facts.troubles}


def _runs(facts: Facts, limits: Limits) -> bool:
    """Whether a daemon is at work."""
    return facts.beat is not None and not facts.is_stopped and facts.now - facts.beat <= limits.silent


def _seen_to(facts: Facts, since: datetime) -> datetime:
    """From when on there was somebody to do what waits since then."""
    return max(since, facts.back) if facts.back is not None else since


def _finding(name: str, since: datetime, **figures: int) -> Finding:
    grade, words = WORDS[name]
    return Finding(name, grade, since, words.format(**figures), figures)
