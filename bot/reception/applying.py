"""A decision written down: its changes (see `recording`), then the lines of the answer, then the letters.

All in the transaction that the decision was taken in. Decides nothing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.circulation import on_offer
from bot.core.decide.answers import PREVIEWS
from bot.core.decide.challenge import ASKED
from bot.core.mail import Arrival, Letter, RawMail
from bot.core.model import (
    AddCase,
    AddCases,
    Ask,
    Asked,
    Change,
    Decision,
    Disposition,
    EnterClaim,
    Line,
    Look,
    ProposeChange,
    VerifyClaim,
)
from bot.office import Office, undone
from bot.reception import answering, calendar, concerning, corresponding
from bot.reception.recording import Clerk
from bot.shell.ledger import Transaction


def apply(office: Office, ledger: Transaction, decision: Decision, *, arrival_id: int, mail: RawMail, arrival: Arrival) -> None:
    """Write everything that follows from one message, its disposition included."""
    concerning.note(ledger, decision, arrival, arrival_id)
    clerk = Clerk(office, ledger, arrival_id, mail, decision, arrival.sender)
    for change in decision.changes:
        clerk.write(change)
    concerning.note_earlier(ledger, decision, arrival, arrival_id)
    ledger.arrivals.dispose(arrival_id, decision.disposition, decision.reason)
    if clerk.lines:
        asked = clerk.asking.asked
        question_id = ledger.questions.ask(asked, now=office.clock()) if asked else None
        is_waiting = any(not line.outcome for line in clerk.lines)
        lines = [
            replace(line, facts={**line.facts, "question_id": question_id}) if question_id and _keeps_question(line, is_waiting) else line
            for line in clerk.lines
        ]
        ledger.lines.note(arrival_id, lines, clerk.claim_ids)
        if not is_waiting:
            answering.answer_if_complete(office, ledger, arrival_id, question_id=question_id, looked=clerk.looked)
        if asked and asked.question in PREVIEWS and office.rules.approvals > 1:
            answering.show_to_other_staff(office, ledger, arrival_id, question_id=question_id, sender=arrival.sender)
    for earlier in decision.asked_about:
        ledger.arrivals.dispose(earlier, Disposition.ANSWERED, ASKED)
    _owe_letters(office, ledger, decision, arrival_id)


def _owe_letters(office: Office, ledger: Transaction, decision: Decision, arrival_id: int) -> None:
    """Letters that ask one and the same question share it: whoever answers first has answered it."""
    asked: dict[Asked, int] = {}
    for each in decision.letters:
        letter = _completed(office, ledger, each, arrival_id)
        question = letter.question
        if not isinstance(question, Asked):
            office.owe(ledger, letter, arrival_id=arrival_id)
            continue
        if ledger.outbox.is_on_record(letter.once):
            continue
        if question not in asked:
            asked[question] = ledger.questions.ask(question, now=office.clock())
        office.owe(ledger, replace(letter, question=None), arrival_id=arrival_id, question_id=asked[question])


def _keeps_question(line: Line, is_waiting: bool) -> bool:
    """Whether the question stays with the line: its template shows what the question holds, or the answer waits for another line's outcome."""
    return line.outcome in ("preview_cases", "preview_change") or (is_waiting and bool(line.outcome))


def shifted(change: Change, *, by: int) -> Change:
    """The same change, its line `by` places further down in a longer answer."""
    if isinstance(change, EnterClaim | VerifyClaim | AddCase | AddCases | Ask | ProposeChange | Look) and change.line >= 0:
        return replace(change, line=change.line + by)
    return change


def _completed(office: Office, ledger: Transaction, letter: Letter, arrival_id: int) -> Letter:
    """What a decision leaves open: the message that a question is about, and the cases of the day."""
    if letter.kind == "welcome":
        return replace(letter, facts={**letter.facts, "cases": on_offer(ledger.cases.open(), now=office.clock())})
    if letter.kind == "overturned":
        return undone.in_words(office, letter)
    if letter.kind == "forwarded":
        return corresponding.completed(ledger, letter)
    if files := calendar.with_letter(office, letter):
        return replace(letter, attachments=files)
    question = letter.question
    if isinstance(question, Asked) and not question.arrival_ids:
        return replace(letter, question=replace(question, arrival_ids=(arrival_id,)))
    return letter
