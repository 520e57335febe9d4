"""One message, from its bytes to its decision: read, proven, understood, decided, and entered in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.core import decide, trust
from bot.core.decide import Message, conflicts
from bot.core.intent import Intent, bare_words, number_of
from bot.core.mail import Arrival, RawMail, Stamp, canonical, domain_of
from bot.core.model import Asked, Claim, ClaimState, Decision, Disposition, Line, Member, Question, Returned, Staff, View
from bot.core.parsing.machines import CHALLENGE, OWN_MAIL
from bot.office import Office, circulars, standstill
from bot.reception import applying, corresponding, files, noticing, people, quoting, reader, unproven
from bot.reception.shunt import PUT_OFF, set_aside
from bot.shell.ledger import LedgerAway, Transaction
from bot.shell.ledger.arrivals import Entry
from bot.shell.resolver import txt_record
from bot.stations import station

log = structlog.get_logger()

A_DAY = timedelta(days=1)
A_MONTH = timedelta(days=30)


def enter(office: Office, mail: RawMail, *, is_last_try: bool = True) -> bool:
    """Decide one message and put it on record; done before, it is left alone. While all is paused it is put on record and decided later.

    One that is at fault is left for another try (False), or at the last one set aside whole.
    """
    arrival: Arrival | None = None
    try:
        arrival = reader.read(mail.raw, own_address=office.settings.mailbox.address, is_whole=mail.is_whole)
        signed = _signature(office, mail, arrival)
        intent = _own_words(office, arrival, signed)
        with office.ledger.deciding() as ledger:
            known = ledger.arrivals.at(mail.stamp)
            if known and known.reason != PUT_OFF:
                return True
            # Our own mail is the same message each time it comes back; that it comes back again is what is to be noticed.
            twin = ledger.arrivals.twin(arrival.content_key) if arrival.machine != OWN_MAIL and not known else None
            arrival_id = known.id if known else ledger.arrivals.enter(mail, arrival, now=office.clock())
            station("stored")
            if twin:
                decision = _same_again(twin)
            elif standstill.is_paused(ledger):
                decision = Decision(Disposition.PENDING, PUT_OFF)
            else:
                decision = _decide(office, ledger, mail, arrival, arrival_id, signed, intent)
            applying.apply(office, ledger, decision, arrival_id=arrival_id, mail=mail, arrival=arrival)
            station("decided")
    except LedgerAway:
        raise
    except Exception as fault:  # the message is at fault, whatever the fault is: it must not stop the next one
        log.exception("message could not be digested", folder=mail.stamp.folder, uid=mail.stamp.uid, is_last_try=is_last_try)
        if is_last_try:
            set_aside(office, mail, f"could not be digested ({_named(fault)})", arrival=arrival)
        return is_last_try
    log.info(
        "message entered",
        folder=mail.stamp.folder,
        uid=mail.stamp.uid,
        disposition=decision.disposition.value,
        reason=decision.reason,
    )
    return True


def _named(fault: Exception) -> str:
    return str(fault) if isinstance(fault, reader.Overrun | reader.Faulty) else type(fault).__name__


def _same_again(twin: Entry) -> Decision:
    """The same message in another folder, delivered twice, or under a new number: it has acted already."""
    return Decision(Disposition.IGNORED, f"the same message as {twin.stamp.folder}/{twin.stamp.uid}")


def _signature(office: Office, mail: RawMail, arrival: Arrival) -> trust.Results | None:
    """Our own check of a signature, where the operator asks for it; outside any transaction, for it asks the DNS."""
    if not office.settings.security.check_dkim or not mail.is_whole or not arrival.sender or arrival.machine:
        return None
    return trust.own_dkim(mail.raw, from_domain=domain_of(arrival.sender), lookup=txt_record)


def _decide(
    office: Office,
    ledger: Transaction,
    mail: RawMail,
    arrival: Arrival,
    arrival_id: int,
    signed: trust.Results | None,
    intent: Intent,
) -> Decision:
    message = _weighed(office, ledger, mail.stamp, arrival, arrival_id, intent, signed)
    noticing.note_codes(office, ledger, message.proof.codes)
    view = _view(office, ledger, message)
    if view.member or view.staff:
        ledger.arrivals.note_proof(arrival_id, message.proof.level, bad_codes=message.proof.bad_codes)
    decision = decide.decide(message, view, office.rules)
    return _decide_again(office, ledger, decision, message) if decision.verified else decision


def _own_words(office: Office, arrival: Arrival, signed: trust.Results | None = None) -> Intent:
    """What the sender's own words ask for. Read outside the decision's transaction, for it may take its time."""
    quoted: list[str] = []
    if any(trust.code_in(answer) for answer in arrival.answers):
        with office.ledger.reading() as ledger:
            quoted = quoting.lines_of(ledger, arrival, _proof(office, ledger, arrival, signed).codes)
    return reader.understand(arrival, office.rules.vocabulary, quoted=quoted)


def _weighed(
    office: Office,
    ledger: Transaction,
    stamp: Stamp,
    arrival: Arrival,
    arrival_id: int,
    intent: Intent,
    signed: trust.Results | None = None,
) -> Message:
    """The message with who is proven to have sent it."""
    is_stranger = not any(_who(office, ledger, arrival))
    looks_like = _lookalike(office, ledger, arrival) if is_stranger and arrival.sender else ""
    thread_of = corresponding.staff_answered(office, arrival) if is_stranger else ""
    return Message(stamp, arrival, intent, _proof(office, ledger, arrival, signed), arrival_id, looks_like, thread_of)


def _proof(office: Office, ledger: Transaction, arrival: Arrival, signed: trust.Results | None) -> trust.Proof:
    member, staff = _who(office, ledger, arrival)
    addresses = [address for address in (staff.address if staff else "", *((member.email, *member.aliases) if member else ())) if address]
    security = office.settings.security
    return trust.weigh(
        arrival,
        addresses=addresses or [arrival.sender],
        keys=office.keys,
        authserv_id=security.authserv_id,
        border_received="" if security.border_received == security.authserv_id else security.border_received,
        own=signed,
    )


def _lookalike(office: Office, ledger: Transaction, arrival: Arrival) -> str:
    """The person on file, of roster or staff, whose address a stranger's could be mistaken for."""
    people = {person.address: person.name for person in office.rules.staff}
    for member in ledger.roster.all():
        people |= dict.fromkeys((member.email, *member.aliases), member.name)
    return trust.lookalike(arrival.sender, people, name=arrival.sender_name) or ""


def _who(office: Office, ledger: Transaction, arrival: Arrival) -> tuple[Member | None, Staff | None]:
    if not arrival.sender:
        return None, None
    member = ledger.roster.by_address(arrival.sender)
    return member, office.staff(arrival.sender) or corresponding.staff_by_alias(office, member, arrival)


def _view(office: Office, ledger: Transaction, message: Message) -> View:
    """What bears on this message, read under the decision lock."""
    now = office.clock()
    member, staff = _who(office, ledger, message.arrival)
    question = ledger.questions.by_codes(_codes(office, message))
    named = {command.case_id for command in message.intent.commands if command.case_id} | set(message.intent.named)
    if question:
        named |= {*question.case_ids, *((question.case_id,) if question.case_id else ())}
    if staff:
        named |= people.kept_for_removed(ledger, message)
    if question and question.question is Question.HANDOVER:
        named |= set(question.content_key.split())
    if question and question.question is Question.LEAVE and member:
        named |= {claim.case_id for claim in ledger.claims.of_member(member.id)}
    if message.intent.numbers and not named:
        named |= {case.id for case in ledger.cases.open() if number_of(case.id) in message.intent.numbers}
    if member and bare_words(message.intent.lines, conflicts.WORDS, office.rules.vocabulary):
        named |= {claim.case_id for claim in ledger.claims.of_member(member.id) if claim.state is ClaimState.HELD}
    cases = ledger.cases.some(sorted(named))
    behind_filter = _behind_filter(office, ledger, message.arrival, member, now)
    concerned = behind_filter or member
    view = View(
        now=now,
        member=member,
        staff=staff,
        cases=cases,
        claims={case_id: ledger.claims.of(case_id) for case_id in cases},
        renamed=people.renamed(ledger, member, cases),
        own=ledger.claims.of_member(member.id) if member else (),
        question=question,
        recipients=len(ledger.roster.active()) if staff else 0,
        idle_answers=_idle_answers(ledger, message, member, staff, since=now - A_DAY),
        meant=frozenset(asked.case_id or "" for asked in ledger.questions.open_to(message.arrival.sender, Question.DID_YOU_MEAN, now)),
        unasked=unproven.unasked(office, ledger, member, staff) if _may_be_asked(message, question, staff) else (),
        doubted=unproven.doubted(office, ledger, question),
        is_challenged=_is_challenged(ledger, member, staff, message),
        disowned=_disowned(ledger, question),
        returned=_returned(office, ledger, message.arrival.report.message_ids if message.arrival.report else (), now),
        came_back=ledger.arrivals.ended_since(OWN_MAIL, now - A_DAY) if message.arrival.machine == OWN_MAIL else 0,
        behind_filter=behind_filter,
        is_filtered=concerned is not None and ledger.marks.is_filtered(concerned.email),
    )
    view = (
        people.for_outsiders(ledger, view, message) if member is None or member.is_outside else people.for_deputies(ledger, view, message)
    )
    view = corresponding.with_thread(office, ledger, view, message)
    return _for_staff(office, ledger, view, message) if staff else view


def _for_staff(office: Office, ledger: Transaction, view: View, message: Message) -> View:
    """Beside that, for a word of staff: whom it names, who has claimed the cases, how the rounds stand."""
    named = {canonical(command.argument) for command in message.intent.commands if "@" in command.argument}
    named_people = {address: member for address in named if (member := ledger.roster.by_address(address))}
    claimants = {claim.member_id for claims in view.claims.values() for claim in claims}
    applicant = people.applicant(ledger, view.question)
    known = {member.id for member in (*named_people.values(), *((applicant,) if applicant else ()))}
    return replace(
        view,
        people=named_people,
        applicant=applicant,
        history={case_id: tuple(ledger.marks.notes(f"case {case_id}")) for case_id in view.cases},
        records={member_id: tuple(ledger.marks.notes(f"member {member_id}")) for member_id in known},
        claimants={member_id: ledger.roster.by_id(member_id) for member_id in claimants},
        theirs={**view.theirs, **{member.id: ledger.claims.of_member(member.id) for member in named_people.values()}},
        outlook=circulars.outlook(office, ledger, about=_month_asked_about(view.question)),
        confidential={case_id: ledger.cases.confidential(case_id) for case_id in view.cases},
        table=files.table_in(message.arrival, view.staff) if view.staff and message.proof.suffices_for_staff else None,
    )


def _month_asked_about(question: Asked | None) -> str:
    return question.content_key if question is not None and question.question is Question.SEND_ROUND else ""


def _codes(office: Office, message: Message) -> tuple[str, ...]:
    """The codes that came back in the thread or Subject, and the one a SEND names, if it was written to its sender."""
    named = (command.code for command in message.intent.commands if command.verb == "send" and command.code)
    return (*message.proof.codes, *(code for code in named if trust.is_ours(code, message.arrival.sender, keys=office.keys)))


def _idle_answers(ledger: Transaction, message: Message, member: Member | None, staff: Staff | None, *, since: datetime) -> int:
    """Mail in somebody's name that is not proven has a count of its own: it must not use up what its owner may ask."""
    is_proven = bool(member or staff) and message.proof.is_proven
    return ledger.outbox.answers_since(member.email if member else message.arrival.sender, since, is_proven=is_proven)


def _may_be_asked(message: Message, question: Asked | None, staff: Staff | None) -> bool:
    """Whether this mail could bring the next “was this you?”: as an answer to the last, or unproven itself."""
    if question is not None and question.question is Question.VERIFY:
        return True
    return not (message.proof.suffices_for_staff if staff else message.proof.is_proven)


def _is_challenged(ledger: Transaction, member: Member | None, staff: Staff | None, message: Message) -> bool:
    return unproven.is_open(ledger, member, staff, message.stamp.arrived_at)


def _returned(office: Office, ledger: Transaction, message_ids: Iterable[str], now: datetime) -> Returned | None:
    """The letter of ours whose signed Message-ID a delivery report, or a filter's challenge, brings back."""
    for message_id in message_ids:
        code = trust.code_in(message_id)
        letter = ledger.outbox.by_code(code) if code else None
        if code and letter and trust.is_ours(code, letter.to, keys=office.keys):
            earlier = ledger.outbox.bounces_since(letter.to, now - A_MONTH) - (letter.state == "bounced")
            return Returned(letter.id, letter.kind, letter.to, letter.case_id, ledger.roster.by_address(letter.to), earlier)
    return None


def _behind_filter(office: Office, ledger: Transaction, arrival: Arrival, member: Member | None, now: datetime) -> Member | None:
    """Whose filter wrote this challenge: the member whose letter it answers, whatever address it gives itself, or who it says it is."""
    if arrival.machine != CHALLENGE:
        return None
    answered = _returned(office, ledger, arrival.answers, now)
    return answered.member if answered and answered.member else member


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
    arrival = reader.read(raw, own_address=office.settings.mailbox.address)
    read = _weighed(office, ledger, entry.stamp, arrival, arrival_id, _own_words(office, arrival))
    proof = replace(read.proof, level="letter", by_dkim=True, codes=(), reason="stood by it at the address on file")
    return replace(read, proof=proof)
