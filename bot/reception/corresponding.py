"""What members and staff write to each other: which conversation a message goes on, whose words reach whom, and what staff are told.

Given a message as it was understood, finds the letters of ours that it answers and the member's mail behind them. Only reads; the
confidential part of a case is looked at here, to see whether words of staff hold something of it, and goes nowhere from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.core import anonymity, trust
from bot.core.decide import Message, replies
from bot.core.mail import Arrival, Letter
from bot.core.model import Asked, ClaimState, Lifecycle, Member, Question, Staff, Talk, View, Written
from bot.office import Office
from bot.reception import quoting, reader
from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import Posted

TO_LAWYERS = frozenset(
    "round bulletin confirmation hold waitlisted did_you_mean give_back_asked still_asked to_person with_staff staff_words case_over taken_back".split()
)
"""What nobody gets as staff: who answers one of these writes as a lawyer."""
TO_STAFF = ("forwarded", "colleague_answered", "look_at")
MOST_LETTERS = 10


def thread(office: Office, ledger: Transaction, message: Message, member: Member | None, staff: Staff | None) -> list[Posted]:
    """The letters of ours that a message answers, the nearest last."""
    if member is not None and staff is None:
        return _letters(ledger, message.proof.codes_in_thread)
    return _letters_to(office, ledger, message.arrival, _addresses(office, member, staff))


def written(letters: Iterable[Posted]) -> tuple[Written, ...]:
    return tuple([Written(letter.kind, letter.case_id, letter.created_at) for letter in letters])


def in_thread(office: Office, ledger: Transaction, view: View, message: Message, letters: list[Posted]) -> View:
    """The view with what these letters, which are its thread, make of the message: what it answers and, for staff, whom its words are for."""
    if view.staff is not None and not view.speaks_as_member:
        view = replace(view, talk=_talk(office, ledger, view, message, letters))
        return replace(view, told=_last_letters(ledger, [view.talk.answers])) if view.talk else view
    if (member := view.member) is not None:
        question = _question(ledger, view, member=member, message=message, letters=letters)
        view = view if question is view.question else replace(view, question=question)
        if any(letter.arrival_id is not None for letter in letters):
            with_staff = _spoken_with(office, ledger, letters)
            last = ledger.correspondence.last_kind(member.email, ("to_person", "with_staff")) if with_staff else ""
            return replace(view, told=_told(ledger, letters), spoken_with=with_staff, has_been_told=last == "with_staff")
    return view


def _question(ledger: Transaction, view: View, *, member: Member, message: Message, letters: list[Posted]) -> Asked | None:
    """The question that a lawyer's mail answers. Where staff ask something in the nearest letter, a yes or no is theirs: it takes no place and gives none up."""
    if letters and letters[-1].kind == "staff_words" and quoting.asks(ledger, letters[-1]):
        return None if view.question is not None and view.question.question in replies.OF_LAWYERS else view.question
    return view.question or _offer_answered(ledger, view, member, message)


def _offer_answered(ledger: Transaction, view: View, member: Member, message: Message) -> Asked | None:
    """“Still willing?”, where one such question runs and its bare YES or NO comes as the answer to a letter about the case that does not ask it."""
    running = [claim.case_id for claim in view.own if claim.state is ClaimState.HELD and claim.is_offer]
    nearest = view.thread[-1] if view.thread else None
    if nearest is None or [nearest.case_id] != running or not replies.is_word_alone(message, member):
        return None
    asked = ledger.questions.open_to(member.email, Question.OFFER, message.stamp.arrived_at)
    return next((one for one in reversed(asked) if one.case_id == nearest.case_id), None)


def staff_by_alias(office: Office, member: Member | None, arrival: Arrival) -> Staff | None:
    """A staff member who answers a letter of ours from another address that the roster knows as theirs."""
    addresses = (member.email, *member.aliases) if member else ()
    for person in office.rules.staff:
        if person.address in addresses and _codes(office, arrival, [person.address]):
            return person
    return None


def staff_answered(office: Office, arrival: Arrival) -> str:
    """The staff member to whom the letter was written that a mail answers; "" for none."""
    return next((person.address for person in office.rules.staff if _codes(office, arrival, [person.address])), "")


def member_answered(office: Office, ledger: Transaction, arrival: Arrival) -> Member | None:
    """The member to whom the letter was written that a mail answers; None for none."""
    for code in trust.codes_in(arrival):
        letter = ledger.outbox.by_code(code)
        if letter is not None and trust.is_ours(code, letter.to, keys=office.keys) and (member := ledger.roster.by_address(letter.to)):
            return member
    return None


def completed(ledger: Transaction, letter: Letter) -> Letter:
    """A member's mail for staff, with how the member stands and what the cases are called that it is about."""
    member = letter.facts["member"]
    names = letter.facts["names"]
    assert isinstance(member, Member) and isinstance(names, list)
    claims = ledger.claims.of_member(member.id)
    cases = ledger.cases.some({claim.case_id for claim in claims} | set(names))
    standing = [(cases[claim.case_id], claim.standing) for claim in claims]
    about = [cases[name] for name in names if name in cases]
    return replace(letter, facts={**letter.facts, "standing": standing, "about": about})


def exposed_in(office: Office, ledger: Transaction, arrival_id: int) -> list[tuple[str, str]]:
    """(case id, piece) of all that a staff mail would give away; read again from the mail, so that it is nowhere on record."""
    spoken = ledger.words.some([arrival_id]).get(arrival_id)
    raw = ledger.arrivals.raw(arrival_id)
    if spoken is None or raw is None:
        return []
    said = _said(office, ledger, reader.read(raw, own_address=office.settings.mailbox.address))
    member = ledger.roster.by_id(spoken.member_id)
    case_ids = _at_stake(ledger, member, said, [])
    return [(case_id, piece) for case_id in case_ids for piece in _exposed(office, ledger, case_id, member, said)]


def _talk(office: Office, ledger: Transaction, view: View, message: Message, letters: list[Posted]) -> Talk | None:
    """The words of this message; or, where it answers the question whether earlier ones shall go, those."""
    arrival_id, arrival = message.arrival_id, message.arrival
    words = "\n".join(message.intent.lines)
    asked = view.question
    if (
        asked is not None
        and asked.question is Question.PASS_ON
        and any(one.verb in ("yes", "no", "send") for one in message.intent.commands)
    ):
        arrival_id = asked.arrival_ids[0]
        raw = ledger.arrivals.raw(arrival_id)
        if raw is None:
            return None
        arrival = reader.read(raw, own_address=office.settings.mailbox.address)
        words = _said(office, ledger, arrival)
        letters = _letters_to(office, ledger, arrival, _addresses(office, view.member, view.staff))
    answered = _answered(ledger, letters)
    if answered is None:
        return None
    entry, member = answered
    case_id = next((letter.case_id for letter in reversed(letters) if letter.case_id), None)
    at_stake = _at_stake(ledger, member, words, [case_id] if case_id else [])
    return Talk(
        arrival_id,
        member,
        entry.id,
        entry.message_id,
        entry.subject,
        entry.stamp.arrived_at,
        words,
        tuple(one.name or one.media_type for one in arrival.attachments),
        case_id,
        tuple(one for one in at_stake if _exposed(office, ledger, one, member, words)),
        ledger.words.answered_by(entry.id),
    )


def _answered(ledger: Transaction, letters: list[Posted]) -> tuple[Any, Member] | None:
    """The member's mail that the nearest letter of a conversation is about."""
    spoken = ledger.words.some(letter.arrival_id for letter in letters if letter.arrival_id is not None)
    for letter in reversed(letters):
        found = spoken.get(letter.arrival_id or 0)
        if found is not None:
            return ledger.arrivals.get(found.answers or found.arrival_id), ledger.roster.by_id(found.member_id)
    return None


def _told(ledger: Transaction, letters: list[Posted]) -> dict[str, str]:
    """For a member's further mail: the last one each staff member had or wrote in this conversation."""
    spoken = ledger.words.some(letter.arrival_id for letter in letters if letter.arrival_id is not None).values()
    told = _last_letters(ledger, [one.answers or one.arrival_id for one in spoken])
    for one in spoken:
        if one.by:
            told[one.by] = ledger.arrivals.get(one.arrival_id).message_id
    return told


def _last_letters(ledger: Transaction, arrival_ids: Iterable[int]) -> dict[str, str]:
    return {letter.to: letter.message_id for one in arrival_ids for letter in ledger.outbox.about(one, TO_STAFF)}


def _spoken_with(office: Office, ledger: Transaction, letters: list[Posted]) -> Staff | None:
    """Who of staff wrote last in this thread."""
    of_staff = [letter.arrival_id for letter in letters if letter.kind == "staff_words" and letter.arrival_id is not None]
    spoken = ledger.words.some(of_staff)
    writers = [spoken[one].by for one in of_staff if one in spoken]
    return office.staff(writers[-1]) if writers else None


def speaks_as_member(member: Member | None, staff: Staff | None, letters: list[Posted]) -> bool:
    """Somebody who is both: the nearest letter was written to the lawyer."""
    return staff is not None and member is not None and bool(letters) and letters[-1].kind in TO_LAWYERS


def _letters_to(office: Office, ledger: Transaction, arrival: Arrival, addresses: list[str]) -> list[Posted]:
    """Those to one of these addresses that a mail answers, the nearest last."""
    return _letters(ledger, _codes(office, arrival, addresses))


def _letters(ledger: Transaction, codes: Sequence[str]) -> list[Posted]:
    codes = codes[:MOST_LETTERS]
    found = {trust.code_in(letter.message_id): letter for letter in ledger.outbox.by_codes(codes)} if codes else {}
    return [found[code] for code in reversed(codes) if code in found]


def _codes(office: Office, arrival: Arrival, addresses: list[str]) -> list[str]:
    """Codes of ours, the nearest letter first, that were written to one of these addresses."""
    return [code for code in trust.codes_in(arrival) if any(trust.is_ours(code, address, keys=office.keys) for address in addresses)]


def _addresses(office: Office, member: Member | None, staff: Staff | None) -> list[str]:
    """Whose letters a message may answer: the sender's own; for staff, any that staff had, for colleagues show each other their mail."""
    of_staff = [person.address for person in office.rules.staff] if staff else []
    return [*((member.email, *member.aliases) if member else ()), *of_staff]


def _said(office: Office, ledger: Transaction, arrival: Arrival) -> str:
    return "\n".join(quoting.understood(office, ledger, arrival, quoting.nothing).lines)


def _at_stake(ledger: Transaction, member: Member, words: str, case_ids: list[str]) -> list[str]:
    """The cases whose confidential part the words must not hold: of this conversation, what the member waits for, and all that go on."""
    own = {claim.case_id for claim in ledger.claims.of_member(member.id)}
    going_on = [case.id for case in ledger.cases.all() if case.lifecycle in (Lifecycle.DRAFT, Lifecycle.OPEN) or case.id in words]
    return list(dict.fromkeys((*case_ids, *sorted(own), *going_on))) if words.strip() else []


def _exposed(office: Office, ledger: Transaction, case_id: str, member: Member, words: str) -> tuple[str, ...]:
    """What the words hold of a case's confidential part, as far as the member may not read it in this case or in one that is theirs."""
    claims = ledger.claims.of_member(member.id)
    theirs = [ledger.cases.confidential(claim.case_id) for claim in claims if claim.state is ClaimState.CONFIRMED]
    states = {claim.standing for claim in claims if claim.case_id == case_id}
    if ClaimState.CONFIRMED in states:
        return ()
    secret = ledger.cases.confidential(case_id)
    if ClaimState.HELD in states:
        secret = replace(secret, conflict_names="")
    known = [member.name, member.firm, *(person.name for person in office.rules.staff)]
    public = "".join(anonymity.public_text(case.fields(secret)) for case in ledger.cases.some([case_id]).values())
    pieces = anonymity.exposed(words, secret, known=known, public=public)
    return tuple(piece for piece in pieces if not any(anonymity.exposed(piece, one) for one in theirs))
