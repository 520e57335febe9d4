"""What staff have had time to read of a coming round, and the findings that they have given no reason for: silence lets neither go.

Given the transaction, its marks and the histories of the cases. Sends nothing, and holds no round back by itself.
"""

from __future__ import annotations

from bot.core import anonymity
from bot.core.model import Case
from bot.core.reasons import deed
from bot.office import Office
from bot.office.occasions import PREVIEW
from bot.shell.ledger import Transaction

ANSWERS_TO_FINDINGS = frozenset({"opened", "bulletin", "passed", "changed"})
"""The words of staff that a finding of the anonymity check asks the reason of."""

IN_TIME, TOO_LATE = "in time", "too late"
"""How early a preview has shown a case."""


def unexplained(office: Office, ledger: Transaction, cases: list[Case]) -> list[tuple[str, anonymity.Finding]]:
    """(case id, finding): what the anonymity check is sure of, where the case's history has no word of staff why it may stay."""
    today = office.clock().astimezone(office.rules.zone).date()
    return [
        (case.id, finding)
        for case in cases
        if not any(_explains(note) for _, note in ledger.marks.notes(f"case {case.id}"))
        for finding in anonymity.findings(case.fields(ledger.cases.confidential(case.id)), today=today)
        if finding.is_sure
    ]


def _explains(note: str) -> bool:
    """Whether staff said with this why a finding may stay; why somebody was given the case, say, is another matter."""
    done = deed(note)
    return done is not None and bool(done.why) and done.word in ANSWERS_TO_FINDINGS and "@" in done.who


def unread(ledger: Transaction, month: str, cases: list[Case]) -> list[Case]:
    """Those of the cases that staff have had no time to read before the round; all count as read where no preview noted which it showed."""
    was_shown = ledger.marks.note(f"{PREVIEW} {month}") == IN_TIME
    return [case for case in cases if was_shown and not _is_covered(ledger, month, case.id)]


def _is_covered(ledger: Transaction, month: str, case_id: str) -> bool:
    """Whether staff have had time to see a case as the roster will: in a preview of this round, or in one of its own that they approved."""
    return ledger.marks.note(shown(month, case_id)) == IN_TIME or is_approved(ledger, case_id)


def is_approved(ledger: Transaction, case_id: str) -> bool:
    """Opened by staff in answer to its preview; a case from the command line has not been read by anybody."""
    return any(note.startswith(("opened by ", "reopened by ")) for _, note in ledger.marks.notes(f"case {case_id}"))


def shown(month: str, case_id: str) -> str:
    """The name of the mark that a preview of the month has shown a case."""
    return f"shown {month} {case_id}"
