"""What bears on a message: everything that the ledger knows of its sender, its cases and its thread, as plain data.

Given the message inside the transaction that will act on it, gives the `View` that it is decided on. Only reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import trust
from bot.core.case_ids import bare_number, number_of
from bot.core.decide import Message, conflicts, round_answers, titles
from bot.core.intent import bare_words
from bot.core.mail import Arrival, Stamp, canonical
from bot.core.model import Asked, Claim, ClaimState, Member, Question, Returned, Staff, View
from bot.core.parsing.machines import CHALLENGE, OWN_MAIL
from bot.office import Office, circulars, undelivered
from bot.reception import corresponding, files, people, unproven
from bot.reception.weighing import who
from bot.shell.ledger import Transaction

A_DAY = timedelta(days=1)
A_MONTH = timedelta(days=30)


def view_of(office: Office, ledger: Transaction, message: Message) -> View:
    """What bears on this message, read under the decision lock."""
    now = office.clock()
    member, staff = who(office, ledger, message.arrival)
    ledger.questions.foresee({message.arrival.sender, *((member.email, *member.aliases) if member else ())})
    question = ledger.questions.by_codes(_codes(office, message))
    own = ledger.claims.of_member(member.id) if member else ()
    named = {command.case_id for command in message.intent.commands if command.case_id} | set(message.intent.named)
    if question:
        named |= set(question.about)
    if staff:
        named |= people.kept_for_removed(ledger, message)
    if question and question.question is Question.HANDOVER:
        named |= set(question.content_key.split())
    if question and question.question is Question.LEAVE and member:
        named |= {claim.case_id for claim in own}
    titled = _titled(ledger, message, member)
    named |= {titled} if titled else set()
    numbers = {*_numbers_shown(message), *message.intent.unsure.numbers}
    numbers |= set() if named or numbers else set(message.intent.numbers)
    if numbers:
        named |= {case.id for case in ledger.cases.open() if number_of(case.id) in numbers}
    bare = bare_words(message.intent.lines, conflicts.WORDS, office.rules.vocabulary)
    has_word = message.proof.codes or bare
    if member and (has_word or all(command.verb in conflicts.EITHER for command in message.intent.commands)):
        named |= {claim.case_id for claim in own if claim.state is ClaimState.HELD or (bare and claim.state is ClaimState.CONFIRMED)}
    cases = ledger.cases.some(sorted(named))
    behind_filter = _behind_filter(office, ledger, message.arrival, member, now)
    concerned = behind_filter or member
    letters = corresponding.thread(office, ledger, message, member, staff)
    view = View(
        now=now,
        member=member,
        staff=staff,
        cases=cases,
        claims=_claims(ledger, message, cases, None if staff or question or bare else member),
        renamed=people.renamed(ledger, member, own, cases),
        unshown=people.unshown(ledger, own, cases),
        unfiled=people.unfiled(ledger, own, message),
        own=own,
        question=question,
        recipients=ledger.roster.count_active() if staff else 0,
        idle_answers=_idle_answers(ledger, message, member, staff, since=now - A_DAY),
        meant=_meant(ledger, message, now),
        giving_back=_giving_back(ledger, member, now),
        titled=titled,
        meant_since=_meant_since(ledger, question),
        unasked=unproven.unasked(office, ledger, member, staff) if _may_be_asked(message, question, staff) else (),
        doubted=unproven.doubted(office, ledger, question),
        is_challenged=_is_challenged(ledger, member, staff, message),
        disowned=_disowned(ledger, question),
        returned=_returned(office, ledger, message.arrival.report.message_ids if message.arrival.report else (), now),
        came_back=ledger.counts.ended_since(OWN_MAIL, now - A_DAY) if message.arrival.machine == OWN_MAIL else 0,
        behind_filter=behind_filter,
        is_filtered=concerned is not None and ledger.marks.is_filtered(concerned.email),
        thread=corresponding.written(letters),
        speaks_as_member=corresponding.speaks_as_member(member, staff, letters),
    )
    view = (
        people.for_outsiders(ledger, view, message) if member is None or member.is_outside else people.for_deputies(ledger, view, message)
    )
    view = corresponding.in_thread(office, ledger, view, message, letters)
    return _for_staff(office, ledger, view, message) if staff else view


def _numbers_shown(message: Message) -> set[int]:
    found = (bare_number(command.argument) for command in message.intent.commands if command.verb == "show" and not command.case_id)
    return {number for number in found if number is not None}


def _meant(ledger: Transaction, message: Message, now: datetime) -> frozenset[str]:
    asked = ledger.questions.open_to(message.arrival.sender, Question.DID_YOU_MEAN, now)
    return frozenset(case_id for one in asked for case_id in one.about)


def _giving_back(ledger: Transaction, member: Member | None, now: datetime) -> dict[str, tuple[int, ...]]:
    """Asked at any of their addresses."""
    found: dict[str, tuple[int, ...]] = {}
    for address in (member.email, *member.aliases) if member else ():
        for one in ledger.questions.open_to(address, Question.GIVE_BACK, now):
            found |= {case_id: (*found.get(case_id, ()), one.id) for case_id in one.about}
    return found


def _titled(ledger: Transaction, message: Message, member: Member | None) -> str:
    """Of a lawyer's mail that names no case by its number and holds no command: the one open case whose title it quotes."""
    intent = message.intent
    if member is None or intent.commands or intent.named or intent.numbers or message.arrival.machine:
        return ""
    return titles.quoted(message, ledger.cases.open())


def _meant_since(ledger: Transaction, question: Asked | None) -> Stamp | None:
    is_one = question is not None and question.question is Question.DID_YOU_MEAN
    return ledger.arrivals.get(question.arrival_ids[0]).stamp if question and is_one else None


def _claims(ledger: Transaction, message: Message, cases: Iterable[str], member: Member | None) -> dict[str, tuple[Claim, ...]]:
    """Every claim on these cases; but only this member's own where all that is asked is to claim, for a case may have thousands."""
    if member is None or not message.intent.only_claims:
        return {case_id: ledger.claims.of(case_id) for case_id in cases}
    made = ledger.claims.made_by(member.id)
    return {case_id: tuple(claim for claim in made if claim.case_id == case_id) for case_id in cases}


def _for_staff(office: Office, ledger: Transaction, view: View, message: Message) -> View:
    """Beside that, for a word of staff: whom it names, who has claimed the cases, how the rounds stand."""
    named = {canonical(word) for command in message.intent.commands for word in command.argument.split() if "@" in word}
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
        outlook=circulars.outlook(office, ledger, about=_month_asked_about(view.question), named=_month_named(message, view.question)),
        confidential={case_id: ledger.cases.confidential(case_id) for case_id in view.cases},
        table=files.table_in(message.arrival, view.staff) if view.staff and message.proof.suffices_for_staff else None,
    )


def _month_asked_about(question: Asked | None) -> str:
    return question.content_key if question is not None and question.question is Question.SEND_ROUND else ""


def _month_named(message: Message, question: Asked | None) -> str:
    """Of the one ROUND SEND of a mail; an answer to the preview of a round is about that round."""
    is_answer = _month_asked_about(question) and any(command.verb in round_answers.WORDS for command in message.intent.commands)
    months = [command.month for command in message.intent.commands if command.verb == "round_send"]
    return months[0] if len(months) == 1 and not is_answer else ""


def _codes(office: Office, message: Message) -> tuple[str, ...]:
    """The codes that came back in the thread or Subject, and the one a SEND names, if it was written to its sender."""
    named = (command.code for command in message.intent.commands if command.verb == "send" and command.code)
    return (*message.proof.codes, *(code for code in named if trust.is_ours(code, message.arrival.sender, keys=office.keys)))


def _idle_answers(ledger: Transaction, message: Message, member: Member | None, staff: Staff | None, *, since: datetime) -> int:
    """Mail in somebody's name that is not proven has a count of its own: it must not use up what its owner may ask."""
    is_proven = bool(member or staff) and message.proof.is_proven
    return ledger.correspondence.answers_since(member.email if member else message.arrival.sender, since, is_proven=is_proven)


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
            earlier = ledger.correspondence.bounces_since(letter.to, now - A_MONTH) - (letter.state == "bounced")
            member = ledger.roster.by_address(letter.to)
            return Returned(letter.id, letter.kind, letter.to, letter.case_id, member, earlier, *undelivered.cases_in(ledger, letter))
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
