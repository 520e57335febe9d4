"""The one letter that answers a message: written when each of its lines has an outcome, in the transaction that gave the last one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.mail import Enclosure, Letter
from bot.core.model import (
    Disposition,
    Line,
    Member,
    Staff,
    Told,
)
from bot.office import Office
from bot.reception import calendar, files
from bot.reception.telling import NOT_FILED, tell
from bot.shell.ledger import Transaction
from bot.shell.ledger.arrivals import Entry


def look(office: Office, ledger: Transaction, arrival_id: int, line: Line) -> Told | None:
    """A line that asks how things stand, told as they stand now; None where nobody is answered."""
    reader = _reader(office, ledger, ledger.arrivals.get(arrival_id))
    return tell(office, ledger, line, language=reader[1], member_id=reader[2]) if reader else None


def answer_if_complete(
    office: Office, ledger: Transaction, arrival_id: int, *, question_id: int | None = None, looked: Mapping[int, Told] | None = None
) -> bool:
    """Write the answer to a message unless one of its lines still waits. Gives whether it was written.

    `looked` are lines by position that tell how things stood in the midst of the mail, if it is answered at once.
    """
    before = looked or {}
    lines = ledger.lines.of(arrival_id)
    if not lines or any(not line.outcome for line in lines):
        return False
    entry = ledger.arrivals.get(arrival_id)
    reader = _reader(office, ledger, entry)
    if reader is None:
        return False
    to, language, member_id = reader
    told = tuple(
        before.get(position) or tell(office, ledger, line, language=language, member_id=member_id) for position, line in enumerate(lines)
    )
    marked = _marked(office, ledger, lines, language)
    letter = Letter(
        "answer",
        to,
        language,
        {"lines": told, "has_file": bool(marked)},
        in_reply_to=entry.message_id,
        references=(entry.message_id,) if entry.message_id else (),
        member_id=member_id,
        case_id=next((line.case_id for line in lines if line.case_id and line.outcome not in NOT_FILED), None),
        attachments=(*marked, *calendar.with_answer(office, ledger, told, language)),
    )
    kept = next((asked for line in lines if isinstance(asked := line.facts.get("question_id"), int)), None)
    office.owe(ledger, letter, arrival_id=arrival_id, question_id=question_id or kept)
    if entry.disposition is Disposition.PENDING:
        ledger.arrivals.dispose(arrival_id, Disposition.ANSWERED, entry.reason)
    return True


def _marked(office: Office, ledger: Transaction, lines: tuple[Line, ...], language: str) -> tuple[Enclosure, ...]:
    """A table with faults goes back to whoever sent it."""
    own = office.settings.mailbox.address
    found = (
        files.marked(ledger, line, own_address=own, tongue=office.tongue(language)) for line in lines if line.outcome == "table_faults"
    )
    return tuple(file for file in found if file is not None)


def show_to_other_staff(office: Office, ledger: Transaction, arrival_id: int, *, question_id: int | None, sender: str) -> None:
    """The same preview to everybody else who may approve it; all their letters ask the one question."""
    lines = [line for line in ledger.lines.of(arrival_id) if line.outcome.startswith("preview")]
    for person in office.rules.staff:
        if person.address != sender:
            told = tuple(tell(office, ledger, line, language=person.language, member_id=None) for line in lines)
            letter = Letter("answer", person.address, person.language, {"lines": told}, case_id=lines[0].case_id)
            office.owe(ledger, letter, question_id=question_id)


def _reader(office: Office, ledger: Transaction, entry: Entry) -> tuple[str, str, int | None] | None:
    """The address on file, its language, and whose it is: never the address in the mail where those differ."""
    member: Member | None = ledger.roster.by_address(entry.sender)
    person: Staff | None = office.staff(entry.sender)
    if person is not None:
        return person.address, person.language, member.id if member else None
    return (member.email, member.language, member.id) if member else None
