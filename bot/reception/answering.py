"""The one letter that answers a message: written when each of its lines has an outcome, in the transaction that gave the last one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.mail import Enclosure, Letter
from bot.core.model import LIVE, TELLS_STANDING, Disposition, Lifecycle, Line, Member, Staff, Told
from bot.core.retelling import as_it_stands
from bot.office import Office
from bot.reception import calendar, files
from bot.reception.telling import NOT_FILED, tell
from bot.shell.ledger import Transaction
from bot.shell.ledger.arrivals import Entry
from bot.shell.ledger.outbox import Posted

Reader = tuple[str, str, int | None]
"""The address that an answer goes to, its language, and the member's number if it is a member's."""


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
    lines = ledger.lines.of(arrival_id)
    if not lines or any(not line.outcome for line in lines):
        return False
    entry = ledger.arrivals.get(arrival_id)
    reader = _reader(office, ledger, entry)
    if reader is None:
        return False
    lines = _as_they_stand(ledger, arrival_id, lines, reader[2])
    kept = next((asked for line in lines if isinstance(asked := line.facts.get("question_id"), int)), None)
    letter = _answer(office, ledger, entry, lines, reader, looked or {})
    office.owe(ledger, letter, arrival_id=arrival_id, question_id=question_id or kept)
    if entry.disposition is Disposition.PENDING:
        ledger.arrivals.dispose(arrival_id, Disposition.ANSWERED, entry.reason)
    return True


def answer_anew(office: Office, ledger: Transaction, owed: Posted, member: Member | None) -> None:
    """An answer that has not left, told as things stand now: to whom it was addressed, in the thread it was in, asking what it asked.

    `member` is None where it answers staff.
    """
    entry, person = ledger.arrivals.get(owed.arrival_id or 0), office.staff(owed.to)
    speaker, member_id = person or member, member.id if member else None
    lines = _not_erased(ledger, _as_they_stand(ledger, entry.id, ledger.lines.of(entry.id), member_id))
    language = speaker.language if speaker else office.settings.organisation.languages[0]
    office.write_anew(ledger, owed, _answer(office, ledger, entry, lines, (owed.to, language, member_id), {}))


def _not_erased(ledger: Transaction, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Without those about a case that is erased; with it went, too, what the mail said beside its cases."""
    cases = ledger.cases.some([line.case_id for line in lines if line.case_id])
    erased = {case_id for case_id, case in cases.items() if case.is_erased}
    return tuple(line for line in lines if line.case_id and line.case_id not in erased) if erased else lines


def _as_they_stand(ledger: Transaction, arrival_id: int, lines: tuple[Line, ...], member_id: int | None) -> tuple[Line, ...]:
    """Of several lines one may have had its outcome earlier, and be overtaken; put on record, too. A single one has it just now."""
    if member_id is None or len(lines) == 1 or not any(line.outcome in TELLS_STANDING for line in lines):
        return lines
    live = {claim.case_id: claim for claim in ledger.claims.of_member(member_id) if claim.state in LIVE}
    cases = ledger.cases.some(live)
    withdrawn = {case_id for case_id in live if cases[case_id].lifecycle is Lifecycle.WITHDRAWN}
    standing = tuple(as_it_stands(line, live.get(line.case_id or ""), is_withdrawn=line.case_id in withdrawn) for line in lines)
    for position, line in enumerate(standing):
        if line.outcome != lines[position].outcome:
            ledger.lines.overtake(arrival_id, position, line.outcome)
    return standing


def _answer(
    office: Office, ledger: Transaction, entry: Entry, lines: tuple[Line, ...], reader: Reader, before: Mapping[int, Told]
) -> Letter:
    to, language, member_id = reader
    told = tuple(
        before.get(position) or tell(office, ledger, line, language=language, member_id=member_id) for position, line in enumerate(lines)
    )
    marked = _marked(office, ledger, lines, language)
    return Letter(
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


def _reader(office: Office, ledger: Transaction, entry: Entry) -> Reader | None:
    """The address on file, its language, and whose it is: never the address in the mail where those differ."""
    member: Member | None = ledger.roster.by_address(entry.sender)
    person: Staff | None = office.staff(entry.sender)
    if person is not None:
        return person.address, person.language, member.id if member else None
    return (member.email, member.language, member.id) if member else None
