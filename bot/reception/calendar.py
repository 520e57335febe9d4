"""The holder's calendar: which letters bring the deadline as a file, move it, or strike it out.

Given what a letter tells, gives the file that goes with it. A holder's calendar replaces what it has by whatever has the higher SEQUENCE
(RFC 5545 3.8.7.4), so that is told by the clock: no count of changes has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from bot.core import calendar_file
from bot.core.mail import Enclosure, Letter
from bot.core.model import Case, ClaimState, Deadline, Told
from bot.office import Office
from bot.shell.ledger import Transaction


def with_answer(office: Office, ledger: Transaction, lines: Iterable[Told], language: str) -> tuple[Enclosure, ...]:
    """With each case that is the reader's now its deadline; with each that was, its end."""
    files = (_file(office, case, language, is_over=is_over) for line in lines for case, is_over in _held(ledger, line))
    return tuple(file for file in files if file is not None)


def with_letter(office: Office, letter: Letter) -> tuple[Enclosure, ...]:
    """A deadline that staff have moved or struck out, or a case that they have taken back or withdrawn."""
    facts, case = letter.facts, letter.facts.get("case")
    if not isinstance(case, Case):
        return ()
    is_moved = letter.kind == "case_changed" and "deadline" in str(facts["changed"]) and facts["state"] == ClaimState.CONFIRMED.value
    is_over = letter.kind in ("case_over", "taken_back") and facts["was"] == ClaimState.CONFIRMED.value
    struck_out = facts.get("deadline_was")
    if is_moved and case.deadline is None and isinstance(struck_out, Deadline):
        case, is_over = replace(case, deadline=struck_out), True
    file = _file(office, case, letter.language, is_over=is_over) if is_moved or is_over else None
    return (file,) if file else ()


def _held(ledger: Transaction, line: Told) -> Iterator[tuple[Case | None, bool]]:
    """The cases that a line of an answer gives to its reader, or ends for them; whether it is the end."""
    if line.outcome == "confirmed" or (line.outcome == "released" and line.facts.get("was") == ClaimState.CONFIRMED.value):
        yield line.case, line.outcome == "released"
    if line.outcome == "left":
        ended = cast("Iterable[str]", line.facts.get("was_confirmed", ()))
        yield from ((case, True) for case in ledger.cases.some(ended).values())


def _file(office: Office, case: Case | None, language: str, *, is_over: bool) -> Enclosure | None:
    if case is None or case.deadline is None or case.event is not None:
        return None  # the deadline of an event is its last day, and not what its guests work towards
    now = office.clock()
    return calendar_file.enclosure(
        case,
        sequence=int(now.timestamp()) // 60,
        now=now,
        organizer=office.settings.mailbox.address,
        zone=office.rules.zone,
        tongue=office.tongue(language),
        is_cancelled=is_over,
    )
