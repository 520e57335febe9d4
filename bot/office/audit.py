"""The decision log held against itself, the rule, the tables and the mails that are still kept: is all of it what was decided?

Two walks over the log: along the chain, entry by entry, and then case by case, where the rule decides once more. Neither keeps more in
memory than one case. Changes nothing; given the head of a letter, also tells whether the end was cut off or the whole written anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.chain import CaseHistory, Deadlines, Fault, Links
from bot.core.model import Head, LogEntry
from bot.core.model.log import BEGINS, BY_RULE, COUNTED, ROUND_OPENED
from bot.shell.ledger import Transaction
from bot.shell.sealing import Broken

_PRINTED = re.compile(r"\D*(?P<number>\d+)[^0-9a-f]+(?P<digest>[0-9a-f]{4}(?:[ -]?[0-9a-f]{4}){1,15})\W*", re.IGNORECASE)
"""A head as it stands in a letter, with whatever was copied along with it."""


@dataclass(slots=True)
class Report:
    """What was looked at, and the first entry that does not fit; None where all do."""

    head: Head
    fault: Fault | None = None
    decided: int = 0
    """Entries that the rule was asked about once more."""
    cases: int = 0
    erased: int = 0
    """Cases of which nothing is left to compare with: chain and rule alone were checked."""
    erased_since: int = 0
    """Of these, the ones that stand here as they were before, in an older copy: their keys are destroyed."""
    has_counted: bool = False
    """Whether the cases were looked at; after a fault along the chain they are not."""
    mails: int = 0
    """Raw mails whose bytes were compared."""
    months: dict[str, int] = field(default_factory=dict)
    """Whose round the log tells of, and in which entry."""
    counted: LogEntry | None = None
    """The last entry that says how many messages there were."""


def printed_head(text: str) -> Head | None:
    """The head that somebody copies from a letter; None where it is none.

    >>> printed_head("Decision log, entry 17: 3f2a 9c1e 77b0 1d4e")
    Head(number=17, digest='3f2a9c1e77b01d4e')
    """
    found = _PRINTED.fullmatch(text.strip())
    return Head(int(found["number"]), re.sub(r"[ -]", "", found["digest"]).lower()) if found else None


def check(ledger: Transaction, *, printed: Head | None = None, progress: Callable[[int], None] = lambda _: None) -> Report:
    """The whole log, up to its first fault. `progress` is told how many entries are done."""
    report = Report(Head(0, ""))
    report.fault = (
        _along_the_chain(ledger, report, printed, progress)
        or _case_by_case(ledger, report)
        or _rounds(ledger, report)
        or _arrivals(ledger, report)
    )
    return report


def _along_the_chain(ledger: Transaction, report: Report, printed: Head | None, progress: Callable[[int], None]) -> Fault | None:
    links = Links(printed)
    for number, case_id, content, written in ledger.decisions.rows():
        taken = links.take(number, case_id, content, written)
        if isinstance(taken, Fault):
            return taken
        if taken.kind in (BEGINS, ROUND_OPENED):
            told = [taken.facts["month"]] if "month" in taken.facts else taken.facts.get("months", ())
            report.months |= {str(month): number for month in told}
        if taken.kind == COUNTED:
            report.counted = taken
        progress(number)
    report.head = links.head
    return links.end()


def _case_by_case(ledger: Transaction, report: Report) -> Fault | None:
    """Every case to its end, so that the first of all faults is the one that is named."""
    known, report.has_counted = ledger.decisions.cases(), True
    faults = [fault for case_id in sorted(known) if (fault := _one_case(ledger, report, case_id))]
    faults += [
        Fault(report.head.number, f"{case.id} stands in the table of cases, and no entry up to {report.head.number} tells of it.")
        for case in ledger.cases.all()
        if case.id not in known
    ]
    return min(faults, key=lambda fault: fault.number, default=None)


def _one_case(ledger: Transaction, report: Report, case_id: str) -> Fault | None:
    history, deadlines = CaseHistory(case_id), Deadlines()
    report.cases += 1
    for entry in ledger.decisions.of(case_id):
        report.decided += entry.kind in BY_RULE
        fault = history.take(entry)
        if fault:
            return fault
        deadlines.take(entry)
    case = ledger.decisions.case(case_id)
    if case is None:
        return Fault(history.last, f"{case_id}, of which entry {history.last} tells, is gone from the table of cases.")
    whole = ledger.cases.by_id(case_id)
    if ledger.decisions.is_erased(case_id):
        report.erased += 1
        report.erased_since += not whole.is_erased
        return None
    found = history.against(case, ledger.decisions.claims(case_id)) or deadlines.against(case_id, whole.deadline)
    return found or _mails(ledger, report, history)


def _mails(ledger: Transaction, report: Report, history: CaseHistory) -> Fault | None:
    for claim in ledger.claims.of(history.case_id):
        if claim.arrival_id is None:
            continue
        fault = history.against_arrival(claim.id, ledger.arrivals.get(claim.arrival_id).stamp.arrived_at)
        found = _hash_of(ledger, claim.arrival_id)
        report.mails += found is not None
        if found is not None:
            fault = fault or history.against_mail(claim.id, found)
        if fault:
            return fault
    return None


def _hash_of(ledger: Transaction, arrival_id: int) -> str | None:
    """Of the mail as it came; None where it is not kept any more, "" where it cannot be opened."""
    try:
        raw = ledger.arrivals.raw(arrival_id)
    except Broken:
        return ""
    return hashlib.sha256(raw).hexdigest() if raw else None


def _rounds(ledger: Transaction, report: Report) -> Fault | None:
    """Each is in the log and in the table: a month that was taken off the record would go out a second time."""
    last, on_record = report.head.number, ledger.rounds.months()
    if gone := sorted((number, month) for month, number in report.months.items() if month not in on_record):
        return Fault(gone[0][0], f"The round of {gone[0][1]}, of which entry {gone[0][0]} tells, is gone from the table of rounds.")
    if untold := sorted(on_record - set(report.months)):
        return Fault(last, f"The round of {untold[0]} went out, and no entry up to {last} tells of it.")
    return None


def _arrivals(ledger: Transaction, report: Report) -> Fault | None:
    """A message that was taken off the record, claim or not, is missing in the count of the night."""
    entry = report.counted
    if entry is None:
        return None
    told, found = int(entry.facts["arrivals"]), ledger.counts.up_to(int(entry.facts["last"]))
    said = f"Entry {entry.number} counted {told} messages that had come in, and the table of arrivals has {found} of them."
    return Fault(entry.number, said) if told != found else None
