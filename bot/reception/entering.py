"""One message, from its bytes to its decision: read, proven, understood, decided, and entered in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.core import decide, intent, parsing, trust
from bot.core.decide import Message
from bot.core.decide.challenge import UNASKED
from bot.core.mail import Arrival, RawMail, canonical, domain_of
from bot.core.model import Asked, Claim, ClaimState, Decision, Disposition, Line, Member, Question, Returned, Staff, Unasked, View
from bot.office import Office, circulars
from bot.reception import applying, files, quoting
from bot.reception.shunt import set_aside
from bot.shell.ledger import LedgerAway, Transaction
from bot.shell.ledger.arrivals import Entry
from bot.shell.resolver import txt_record

log = structlog.get_logger()

A_DAY = timedelta(days=1)
A_MONTH = timedelta(days=30)


def enter(office: Office, mail: RawMail) -> None:
    """Decide one message and put it on record. Done before, it is left alone; at fault, it is set aside whole."""
    arrival: Arrival | None = None
    try:
        arrival = parsing.read(mail.raw, own_address=office.settings.mailbox.address, is_whole=mail.is_whole)
        signed = _signature(office, mail, arrival)
        with office.ledger.deciding() as ledger:
            if ledger.arrivals.is_known(mail.stamp):
                return
            twin = ledger.arrivals.twin(arrival.content_key)
            arrival_id = ledger.arrivals.enter(mail, arrival, now=office.clock())
            decision = _same_again(twin) if twin else _decide(office, ledger, mail, arrival, arrival_id, signed)
            applying.apply(office, ledger, decision, arrival_id=arrival_id, mail=mail, arrival=arrival)
    except LedgerAway:
        raise
    except Exception as fault:  # the message is at fault, whatever the fault is: it must not stop the next one
        log.exception("message could not be digested", folder=mail.stamp.folder, uid=mail.stamp.uid)
        set_aside(office, mail, f"could not be digested ({type(fault).__name__})", arrival=arrival)
        return
    log.info(
        "message entered",
        folder=mail.stamp.folder,
        uid=mail.stamp.uid,
        disposition=decision.disposition.value,
        reason=decision.reason,
    )


def _same_again(twin: Entry) -> Decision:
    """The same message in another folder, delivered twice, or under a new number: it has acted already."""
    return Decision(Disposition.IGNORED, f"the same message as {twin.stamp.folder}/{twin.stamp.uid}")


def _signature(office: Office, mail: RawMail, arrival: Arrival) -> trust.Results | None:
    """Our own check of a signature, where the operator asks for it; outside any transaction, for it asks the DNS."""
    if not office.settings.security.check_dkim or not mail.is_whole or not arrival.sender or arrival.machine:
        return None
    return trust.own_dkim(mail.raw, from_domain=domain_of(arrival.sender), lookup=txt_record)


def _decide(
    office: Office, ledger: Transaction, mail: RawMail, arrival: Arrival, arrival_id: int, signed: trust.Results | None
) -> Decision:
    message = _understand(office, ledger, mail, arrival, arrival_id, signed)
    view = _view(office, ledger, message)
    decision = decide.decide(message, view, office.rules)
    return _decide_again(office, ledger, decision, message) if decision.verified else decision


def _understand(
    office: Office, ledger: Transaction, mail: RawMail, arrival: Arrival, arrival_id: int, signed: trust.Results | None = None
) -> Message:
    member, staff = _who(office, ledger, arrival.sender)
    addresses = [address for address in (staff.address if staff else "", *((member.email, *member.aliases) if member else ())) if address]
    security = office.settings.security
    proof = trust.weigh(
        arrival,
        addresses=addresses,
        keys=office.keys,
        authserv_id=security.authserv_id,
        border_received="" if security.border_received == security.authserv_id else security.border_received,
        own=signed,
    )
    read = intent.understand(
        arrival,
        office.rules.vocabulary,
        subject=trust.without_codes(arrival.subject),
        quoted=quoting.lines_of(ledger, arrival, proof.codes),
        marker=quoting.MARKER,
    )
    looks_like = ""
    if not addresses and arrival.sender and not arrival.sender.isascii():
        looks_like = trust.lookalike(arrival.sender, [known.email for known in ledger.roster.all()]) or ""
    return Message(mail.stamp, arrival, read, proof, arrival_id, looks_like)


def _who(office: Office, ledger: Transaction, sender: str) -> tuple[Member | None, Staff | None]:
    if not sender:
        return None, None
    member = ledger.roster.by_address(sender)
    return member, office.staff(sender)


def _view(office: Office, ledger: Transaction, message: Message) -> View:
    """What bears on this message, read under the decision lock."""
    now = office.clock()
    member, staff = _who(office, ledger, message.arrival.sender)
    question = ledger.questions.by_codes(_codes(office, message))
    named = {command.case_id for command in message.intent.commands if command.case_id} | set(message.intent.named)
    if question:
        named |= {*question.case_ids, *((question.case_id,) if question.case_id else ())}
    cases = ledger.cases.some(sorted(named))
    view = View(
        now=now,
        member=member,
        staff=staff,
        cases=cases,
        claims={case_id: ledger.claims.of(case_id) for case_id in cases},
        own=ledger.claims.of_member(member.id) if member else (),
        question=question,
        recipients=len(ledger.roster.active()) if staff else 0,
        idle_answers=ledger.outbox.answers_since(member.email if member else message.arrival.sender, now - A_DAY),
        unasked=_unasked(ledger, member, staff),
        is_challenged=_is_challenged(ledger, member, staff, message),
        disowned=_disowned(ledger, question),
        returned=_returned(office, ledger, message.arrival, now),
    )
    return _for_staff(office, ledger, view, message) if staff else view


def _for_staff(office: Office, ledger: Transaction, view: View, message: Message) -> View:
    """Beside that, for a word of staff: whom it names, who has claimed the cases, how the rounds stand."""
    named = {canonical(command.argument) for command in message.intent.commands if "@" in command.argument}
    people = {address: member for address in named if (member := ledger.roster.by_address(address))}
    claimants = {claim.member_id for claims in view.claims.values() for claim in claims}
    return replace(
        view,
        people=people,
        claimants={member_id: ledger.roster.by_id(member_id) for member_id in claimants},
        theirs={member.id: ledger.claims.of_member(member.id) for member in people.values()},
        outlook=circulars.outlook(office, ledger),
        confidential={case_id: ledger.cases.confidential(case_id) for case_id in view.cases},
        table=files.table_in(message.arrival, view.staff) if view.staff and message.proof.suffices_for_staff else None,
    )


def _codes(office: Office, message: Message) -> tuple[str, ...]:
    """The codes that came back in the thread or Subject, and the one a SEND names, if it was written to its sender."""
    named = (command.code for command in message.intent.commands if command.verb == "send" and command.code)
    return (*message.proof.codes, *(code for code in named if trust.is_ours(code, message.arrival.sender, keys=office.keys)))


def _unasked(ledger: Transaction, member: Member | None, staff: Staff | None) -> tuple[Unasked, ...]:
    """Unproven mails in this person's name that still wait to be asked about, in order of arrival."""
    addresses = [*((member.email, *member.aliases) if member else ()), *((staff.address,) if staff else ())]
    waiting = ledger.arrivals.waiting(addresses, UNASKED)
    claims = ledger.claims.from_arrivals([entry.id for entry in waiting])
    return tuple(
        Unasked(
            entry.id,
            tuple(f"CLAIM {claim.case_id}" for claim in claims if claim.arrival_id == entry.id) or (entry.subject,),
            entry.stamp.arrived_at,
        )
        for entry in waiting
    )


def _is_challenged(ledger: Transaction, member: Member | None, staff: Staff | None, message: Message) -> bool:
    address = member.email if member else staff.address if staff else ""
    return bool(address) and bool(ledger.questions.open_to(address, Question.VERIFY, message.stamp.arrived_at))


def _returned(office: Office, ledger: Transaction, arrival: Arrival, now: datetime) -> Returned | None:
    """The letter of ours whose signed Message-ID a delivery report brings back."""
    for message_id in arrival.report.message_ids if arrival.report else ():
        code = trust.code_in(message_id)
        letter = ledger.outbox.by_code(code) if code else None
        if code and letter and trust.is_ours(code, letter.to, keys=office.keys):
            earlier = ledger.outbox.bounces_since(letter.to, now - A_MONTH) - (letter.state == "bounced")
            return Returned(letter.id, letter.kind, letter.to, letter.case_id, ledger.roster.by_address(letter.to), earlier)
    return None


def _disowned(ledger: Transaction, question: Asked | None) -> tuple[Claim, ...]:
    if question is None or question.question is not Question.VERIFY:
        return ()
    return tuple(claim for claim in ledger.claims.from_arrivals(question.arrival_ids) if claim.state is ClaimState.UNVERIFIED)


def _decide_again(office: Office, ledger: Transaction, decision: Decision, answer: Message) -> Decision:
    """The earlier messages that were stood by, decided now as proven; their lines are the answer to the YES."""
    changes, lines, letters = list(decision.changes), list(decision.lines), list(decision.letters)
    for arrival_id in decision.verified:
        raw = ledger.arrivals.raw(arrival_id)
        if raw is None:
            continue
        earlier = _earlier(office, ledger, arrival_id, raw, answer)
        again = decide.decide(earlier, _view(office, ledger, earlier), office.rules)
        changes += [applying.shifted(change, by=len(lines)) for change in again.changes]
        lines += again.lines
        letters += again.letters
    disposition = Disposition.PENDING if any(not line.outcome for line in lines) else Disposition.ANSWERED
    if not lines:
        lines = [Line("", "to_person")]
    return replace(decision, disposition=disposition, changes=tuple(changes), lines=tuple(lines), letters=tuple(letters), verified=())


def _earlier(office: Office, ledger: Transaction, arrival_id: int, raw: bytes, answer: Message) -> Message:
    entry = ledger.arrivals.get(arrival_id)
    arrival = parsing.read(raw, own_address=office.settings.mailbox.address)
    read = _understand(office, ledger, RawMail(entry.stamp, raw, len(raw)), arrival, arrival_id)
    proof = replace(read.proof, level="letter", by_dkim=True, codes=(), reason="stood by it at the address on file")
    return replace(read, proof=proof)
