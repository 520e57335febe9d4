"""Each change of a decision, written down by the page that owns it, one by one.

All in the transaction that the decision was taken in. Remembers what the answer's lines need of what was written: the claims' numbers, what was
looked up on the way, and what the answer asks. Decides nothing and owes no letter of the answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.core.mail import RawMail
from bot.core.model import (
    Act,
    AddCase,
    AddCases,
    AgreeClaim,
    AmendCase,
    AnswerQuestion,
    Approve,
    Ask,
    AssignClaim,
    Case,
    Change,
    ChangeMember,
    ConfirmHold,
    Decision,
    EndClaim,
    EnterApplicant,
    EnterClaim,
    HoldRound,
    Lifecycle,
    Look,
    MarkBounced,
    Member,
    MemberState,
    MoveCase,
    NoteFilter,
    NoteWords,
    PassFindings,
    ProposeChange,
    Question,
    RestartHold,
    SendBulletin,
    SendRound,
    TakeOffer,
    Told,
    VerifyClaim,
)
from bot.core.reasons import Deed
from bot.office import Office, circulars
from bot.reception import announcing, answering, assigning, ending, outcomes, readdressing
from bot.reception.asking import Asking
from bot.reception.history import History
from bot.shell.ledger import Transaction


class Clerk:
    """Writes changes one by one and remembers what the answer's lines need of them."""

    def __init__(self, office: Office, ledger: Transaction, arrival_id: int, mail: RawMail, decision: Decision, sender: str) -> None:
        self.lines = list(decision.lines)
        self.claim_ids: dict[int, int] = {}
        self.looked: dict[int, Told] = {}
        self._office, self._ledger, self._arrival_id, self._mail = office, ledger, arrival_id, mail
        self._now = office.clock()
        self.asking = Asking(office, ledger, arrival_id, sender, self._now)
        self._came = min(mail.stamp.arrived_at, self._now)
        """When somebody was first, in what others are told: when their mail came, however late it is read."""
        self._history = History(ledger, arrival_id, self._now, came=self._came)
        form = next((line for line in decision.lines if line.outcome in ("form", "table_faults")), None)
        if form is not None:
            self.asking.fill_form(form)

    def write(self, change: Change) -> None:
        ledger, now = self._ledger, self._now
        match change:
            case EnterClaim():
                self._enter_claim(change)
            case VerifyClaim():
                ledger.claims.verify(change.claim_id, now)
                self.claim_ids[change.line] = change.claim_id
            case EndClaim():
                ledger.claims.end(change, now)
                ledger.unsent.supersede(announcing.about_claim(change.claim_id))
                outcomes.withdrawn(self._office, ledger, change)
                self._end_own_line(change)
                if change.reason.startswith(("released by ", "not_agreed by ")):
                    self._history.of_claim(change.claim_id, change.reason, why=change.why)
            case ConfirmHold():
                ledger.claims.confirm(change.claim_id, now)
            case RestartHold():
                self._restart_hold(change)
            case TakeOffer():
                ledger.claims.take_offer(change, now=now)
            case EnterApplicant():
                self._enter_applicant(change)
            case ChangeMember():
                readdressing.change_member(self._office, ledger, change)
                if change.note:
                    self._history.of_member(change.member_id, change.note)
            case AddCase():
                self._add_case(change)
            case AddCases():
                self._add_cases(change)
            case MoveCase():
                self._move_case(change)
            case AmendCase():
                ledger.cases.amend(change, now=now)
                self._history.of_words(change.case_id, f"changed by {change.by} of {','.join(change.changed)}", why=change.why)
            case ProposeChange():
                self.asking.propose(change)
            case SendBulletin():
                circulars.send_bulletin(self._office, ledger, change)
                self._history.of_words(change.case_id, f"bulletin by {change.by}", why=change.why)
            case Ask():
                self.asking.ask(change)
            case Approve():
                ledger.questions.approve(change.question_id, change.by, now)
            case MarkBounced():
                ledger.outbox.bounced(change.letter_id, error=change.error, now=now)
            case NoteFilter():
                ledger.marks.note_filter(change.address, now, is_there=change.is_there)
            case AnswerQuestion():
                ledger.questions.close(change.question_id, answer=change.answer, by=change.by, now=self._came)
                if change.answer != "no":
                    ledger.questions.close_twins(change.question_id, answer=change.answer, by=change.by, now=self._came)
            case AssignClaim():
                assigning.assign(self._office, ledger, change, arrival_id=self._arrival_id, stamp=self._mail.stamp)
                given = Deed("assigned", change.by, ledger.roster.by_id(change.member_id).email, change.why)
                self._history.of_case(change.case_id, str(given))
            case AgreeClaim():
                ledger.claims.agree(change, self._came, now)
                self._history.of_claim(change.claim_id, f"agreed by {change.by}", why=change.why)
            case HoldRound():
                circulars.hold_round(ledger, change.month, by=change.by, why=change.why, came=self._came, now=now)
            case SendRound():
                circulars.open_round(self._office, ledger, change.month, by=change.by)
            case PassFindings():
                for case_id in change.case_ids:
                    ledger.decisions.write(Act("findings passed", now, case_id, by=change.by, has_reason=True))
                    self._history.of_case(case_id, f"passed by {change.by}", why=change.why)
            case NoteWords():
                ledger.words.note(change, now=now)
            case Look():
                self._look(change.line)
            case _:
                assert_never(change)

    def _look(self, position: int) -> None:
        looked = answering.look(self._office, self._ledger, self._arrival_id, self.lines[position])
        if looked is not None:
            self.looked[position] = looked

    def _restart_hold(self, change: RestartHold) -> None:
        """What asked before and has not left never does; the question of an offer waits as long as its place."""
        self._ledger.outbox.standing_changed([change.claim_id])
        claim = self._ledger.claims.get(change.claim_id)
        if claim.is_offer:
            to = self._ledger.roster.by_id(claim.member_id).email
            self._ledger.questions.prolong(to, claim.case_id, Question.OFFER, until=change.hold_until)
        self._ledger.claims.restart_hold(change.claim_id, hold_until=change.hold_until, now=self._now)

    def _move_case(self, change: MoveCase) -> None:
        unsent = ending.move(self._office, self._ledger, change)
        for position, line in enumerate(self.lines if unsent else ()):
            if (line.outcome, line.case_id, line.facts.get("how")) == ("case_moved", change.case_id, change.lifecycle.value):
                self.lines[position] = replace(line, facts={**line.facts, "unsent": unsent})
        word = (change.reason or "opened") if change.lifecycle is Lifecycle.OPEN else change.lifecycle.value
        self._history.of_case(change.case_id, f"{word} by {change.by}", why=change.why)

    def _end_own_line(self, change: EndClaim) -> None:
        """A claim that ends in the very decision that it waits in: two mails stood by with one answer."""
        for position, claim_id in self.claim_ids.items():
            if claim_id == change.claim_id:
                outcome, facts = outcomes.ending(change)
                self.lines[position] = replace(self.lines[position], outcome=outcome, facts=facts)

    def _enter_claim(self, change: EnterClaim) -> None:
        arrival_id, stamp = self._arrival_id, self._mail.stamp
        if change.arrival_id is not None:
            arrival_id, stamp = change.arrival_id, self._ledger.arrivals.get(change.arrival_id).stamp
        claim_id = self._ledger.claims.enter(change, arrival_id=arrival_id, stamp=stamp, now=self._now)
        if change.claimed_by is not None:
            by, claimed_for = (self._ledger.roster.by_id(one).email for one in (change.claimed_by, change.member_id))
            self._history.of_case(change.case_id, f"claimed by {by} for {claimed_for}")
            outcomes.entered_for(self._office, self._ledger, claim_id)
        if change.line >= 0:
            self.claim_ids[change.line] = claim_id

    def _enter_applicant(self, change: EnterApplicant) -> None:
        """What was known of an earlier member stays where the application says nothing of it."""
        known = self._ledger.roster.by_address(change.email)
        member = Member(
            id=0,
            email=change.email,
            name=change.name,
            firm=change.firm or (known.firm if known else ""),
            language=change.language,
            roles=change.roles,
            state=MemberState.APPLIED,
            aliases=known.aliases if known else (),
        )
        entered = self._ledger.roster.enter(member, now=self._now)
        self._ledger.roster.change(ChangeMember(entered.id, state=MemberState.APPLIED))

    def _drafted(self, change: AddCase) -> Case:
        """A draft under the next id of the year."""
        return self._ledger.cases.add(
            change.fields,
            lifecycle=Lifecycle.DRAFT,
            is_emergency=change.is_emergency,
            by=change.by,
            prefix=self._office.settings.organisation.case_prefix,
            year=self._office.year,
            now=self._now,
        )

    def _add_case(self, change: AddCase) -> None:
        case = self._drafted(change)
        self._ledger.arrivals.concern(self._arrival_id, [case.id])
        self.lines[change.line] = replace(self.lines[change.line], case_id=case.id)
        self.asking.show(Question.SEND_BULLETIN if change.is_emergency else Question.OPEN_CASE, case.id)

    def _add_cases(self, change: AddCases) -> None:
        rows = (AddCase(fields, is_emergency=False, by=change.by, line=change.line) for fields in change.fields)
        cases = [self._drafted(row) for row in rows]
        self._ledger.arrivals.concern(self._arrival_id, [case.id for case in cases])
        self.asking.show(Question.OPEN_CASES, None, [case.id for case in cases])
