"""A decision written down: each change by the page that owns it, then the lines of the answer, then the letters.

All in the transaction that the decision was taken in. Decides nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.core.circulation import on_offer
from bot.core.decide.challenge import ASKED
from bot.core.mail import Arrival, Letter, RawMail
from bot.core.model import (
    AddCase,
    AnswerQuestion,
    Approve,
    Ask,
    Asked,
    AssignClaim,
    Case,
    Change,
    ChangeMember,
    ConfirmHold,
    Decision,
    Disposition,
    EndClaim,
    EnterClaim,
    HoldRound,
    Lifecycle,
    MarkBounced,
    MoveCase,
    Question,
    SendBulletin,
    SendRound,
    VerifyClaim,
)
from bot.office import Office, circulars
from bot.reception import answering, assigning
from bot.shell.ledger import Transaction


def apply(office: Office, ledger: Transaction, decision: Decision, *, arrival_id: int, mail: RawMail, arrival: Arrival) -> None:
    """Write everything that follows from one message, its disposition included."""
    clerk = _Clerk(office, ledger, arrival_id, mail, decision, arrival.sender)
    for change in decision.changes:
        clerk.write(change)
    ledger.arrivals.dispose(arrival_id, decision.disposition, decision.reason)
    if clerk.lines:
        ledger.arrivals.note_lines(arrival_id, clerk.lines, clerk.claim_ids)
        question_id = ledger.questions.ask(clerk.asking, now=office.clock()) if clerk.asking else None
        answering.answer_if_complete(office, ledger, arrival_id, question_id=question_id)
        if clerk.asking and clerk.asking.question is Question.SEND_BULLETIN and office.rules.approvals > 1:
            answering.show_to_other_staff(office, ledger, arrival_id, question_id=question_id, sender=arrival.sender)
    for earlier in decision.asked_about:
        ledger.arrivals.dispose(earlier, Disposition.ANSWERED, ASKED)
    for letter in decision.letters:
        office.owe(ledger, _completed(office, ledger, letter, arrival_id), arrival_id=arrival_id)


def shifted(change: Change, *, by: int) -> Change:
    """The same change, its line `by` places further down in a longer answer."""
    if isinstance(change, EnterClaim | VerifyClaim | AddCase | Ask) and change.line >= 0:
        return replace(change, line=change.line + by)
    return change


class _Clerk:
    """Writes changes one by one and remembers what the answer's lines need of them."""

    def __init__(self, office: Office, ledger: Transaction, arrival_id: int, mail: RawMail, decision: Decision, sender: str) -> None:
        self.lines = list(decision.lines)
        self.claim_ids: dict[int, int] = {}
        self.asking: Asked | None = None
        self._office, self._ledger, self._arrival_id, self._mail = office, ledger, arrival_id, mail
        self._now, self._sender, self._notes = office.clock(), sender, 0
        form = next((line for line in decision.lines if line.outcome == "form"), None)
        if form is not None:
            self.asking = self._question(Question.FILL_FORM, None, content_key=str(form.facts["kind"]))

    def write(self, change: Change) -> None:
        ledger, now = self._ledger, self._now
        match change:
            case EnterClaim():
                self._enter_claim(change)
            case VerifyClaim():
                ledger.claims.verify(change.claim_id)
                self.claim_ids[change.line] = change.claim_id
            case EndClaim():
                ledger.claims.end(change, now)
                answering.withdrawn(self._office, ledger, change)
                self._note_end(change)
            case ConfirmHold():
                ledger.claims.confirm(change.claim_id, now)
            case ChangeMember():
                ledger.roster.change(change)
            case AddCase():
                self._add_case(change)
            case MoveCase():
                ledger.cases.move(change.case_id, change.lifecycle)
                word = (change.reason or "opened") if change.lifecycle is Lifecycle.OPEN else change.lifecycle.value
                self._note(change.case_id, f"{word} by {change.by}")
            case SendBulletin():
                circulars.send_bulletin(self._office, ledger, change.case_id, key=f"{change.case_id}:{self._arrival_id}")
            case Ask():
                self.asking = self._question(change.question, change.case_id)
            case Approve():
                ledger.questions.approve(change.question_id, change.by, now)
            case MarkBounced():
                ledger.outbox.bounced(change.letter_id, error=change.error, now=now)
            case AnswerQuestion():
                ledger.questions.close(change.question_id, answer=change.answer, by=change.by, now=now)
            case AssignClaim():
                assigning.assign(self._office, ledger, change, arrival_id=self._arrival_id, stamp=self._mail.stamp)
                self._note(change.case_id, f"assigned by {change.by} for {ledger.roster.by_id(change.member_id).email}")
            case HoldRound():
                circulars.hold_round(ledger, change.month, by=change.by, now=now)
            case SendRound():
                circulars.open_round(self._office, ledger, change.month, by=change.by)
            case _:
                assert_never(change)

    def _note(self, case_id: str, what: str) -> None:
        """Into the history of the case, which EXPLAIN tells."""
        self._notes += 1
        self._ledger.marks.put(f"case {case_id} {self._arrival_id:09}.{self._notes:03}", self._now, note=what)

    def _note_end(self, change: EndClaim) -> None:
        """Only what staff did: what members do stands in their claims."""
        if change.reason.startswith("released by "):
            claim = self._ledger.claims.get(change.claim_id)
            self._note(claim.case_id, f"{change.reason} for {self._ledger.roster.by_id(claim.member_id).email}")

    def _enter_claim(self, change: EnterClaim) -> None:
        arrival_id, arrived_at = self._arrival_id, self._mail.stamp.arrived_at
        if change.arrival_id is not None:
            arrival_id, arrived_at = change.arrival_id, self._ledger.arrivals.get(change.arrival_id).stamp.arrived_at
        claim_id = self._ledger.claims.enter(change, arrival_id=arrival_id, arrived_at=arrived_at, now=self._now)
        if change.line >= 0:
            self.claim_ids[change.line] = claim_id

    def _add_case(self, change: AddCase) -> None:
        case = add_case(self._office, self._ledger, change, lifecycle=Lifecycle.DRAFT)
        self.lines[change.line] = replace(self.lines[change.line], case_id=case.id)
        self.asking = self._question(Question.SEND_BULLETIN if change.is_emergency else Question.OPEN_CASE, case.id)

    def _question(self, question: Question, case_id: str | None, *, content_key: str = "") -> Asked:
        rules = self._office.rules
        lives = rules.preview_lives if question in (Question.OPEN_CASE, Question.FILL_FORM) else rules.question_lives
        return Asked(0, question, self._sender, (self._arrival_id,), case_id, content_key, self._now + lives)


def add_case(office: Office, ledger: Transaction, change: AddCase, *, lifecycle: Lifecycle) -> Case:
    """A case under the next id of the current year in the organisation's zone."""
    now = office.clock()
    return ledger.cases.add(
        change.fields,
        lifecycle=lifecycle,
        is_emergency=change.is_emergency,
        by=change.by,
        prefix=office.settings.organisation.case_prefix,
        year=now.astimezone(office.rules.zone).year,
        now=now,
    )


def _completed(office: Office, ledger: Transaction, letter: Letter, arrival_id: int) -> Letter:
    """What a decision leaves open: the message that a question is about, and the cases of the day."""
    if letter.kind == "welcome":
        return replace(letter, facts={**letter.facts, "cases": on_offer(ledger.cases.open(), now=office.clock())})
    question = letter.question
    if isinstance(question, Asked) and not question.arrival_ids:
        return replace(letter, question=replace(question, arrival_ids=(arrival_id,)))
    return letter
