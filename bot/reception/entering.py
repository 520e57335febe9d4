"""Opened messages, to their decisions: proven, decided, and entered.

Several that arrived one after the other are decided in one transaction, in order of arrival, each with a disposition of its own. Where one
of them is at fault, all of it is undone and each is entered by itself, so that none takes the others with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot.core import decide
from bot.core.decide import Message
from bot.core.mail import Place, RawMail
from bot.core.model import ClaimState, Decision, Disposition, Line, Question, View
from bot.core.parsing.machines import OWN_MAIL
from bot.office import Office, standstill
from bot.reception import applying, noticing, reader, weighing
from bot.reception.catching_up import Meanwhile
from bot.reception.opening import Opened, Unfit, foresee, own_words
from bot.reception.shunt import PUT_OFF, set_aside
from bot.reception.viewing import view_of
from bot.shell.ledger import LedgerAway, Transaction, persistently
from bot.stations import station

log = structlog.get_logger()


def enter(
    office: Office, found: Sequence[Opened | Unfit], *, scanned_from: datetime | None = None, is_last_try: bool = True
) -> list[RawMail]:
    """Decide messages, given in order of arrival, and put them on record; done before, one is left alone. While all is paused they are put
    on record and decided later. Those at fault are left for another try, and given; at the last try they are set aside whole.

    `scanned_from` is when the look began that these are of, or None; see `catching_up`.
    """
    unfit = [one for one in found if isinstance(one, Unfit)]
    unfit += _decided(office, [one for one in found if isinstance(one, Opened)], scanned_from, is_last_try=is_last_try)
    for one in unfit:
        stamp = one.mail.stamp
        log.error("message could not be digested", folder=stamp.folder, uid=stamp.uid, is_last_try=is_last_try, exc_info=one.fault)
        if is_last_try:
            set_aside(office, one.mail, f"could not be digested ({_named(one.fault)})", arrival=one.arrival)
    return [] if is_last_try else [one.mail for one in unfit]


def _named(fault: Exception) -> str:
    return str(fault) if isinstance(fault, reader.Overrun | reader.Faulty) else type(fault).__name__


def _decided(office: Office, mails: Sequence[Opened], scanned_from: datetime | None, *, is_last_try: bool) -> list[Unfit]:
    """All of them in one transaction; where one is at fault, each of the others in a transaction of its own. Gives those at fault.

    What several have written is put on record together, so it may be another's fault; nobody is set aside for that: at the last try each
    is decided by itself.
    """
    if not mails:
        return []
    in_hand: list[Opened] = []
    try:
        decisions = persistently(lambda: _decide_together(office, mails, scanned_from, in_hand))
    except LedgerAway:
        raise
    except Exception as fault:  # a message is at fault, whatever the fault is: it must not stop the next one
        found = mails if len(mails) == 1 else [] if is_last_try else in_hand
        others = [one for one in mails if not any(one is other for other in found)]
        alone = (unfit for one in others for unfit in _decided(office, [one], scanned_from, is_last_try=is_last_try))
        return [*(Unfit(one.mail, fault, one.arrival) for one in found), *alone]
    tell = log.bind().info
    for one, decision in zip(mails, decisions, strict=True):
        station("entered")
        if decision is not None:
            stamp, disposition = one.mail.stamp, decision.disposition.value
            tell("message entered", folder=stamp.folder, uid=stamp.uid, disposition=disposition, reason=decision.reason)
    return []


def _decide_together(
    office: Office, mails: Sequence[Opened], scanned_from: datetime | None, in_hand: list[Opened]
) -> list[Decision | None]:
    """One after the other, in one transaction; None for one that was decided before. The one being decided stands in `in_hand`."""
    in_hand.clear()
    with office.ledger.deciding() as ledger:
        known = ledger.arrivals.known(one.mail.stamp for one in mails)
        new = [one for one in mails if one.mail.stamp.place not in known]
        twins = ledger.arrivals.twins(one.arrival.content_key for one in new if one.arrival.machine != OWN_MAIL)
        foresee(office, ledger, [one.arrival for one in mails])
        ledger.cases.foresee(case_id for one in mails for case_id in one.intent.named)
        ledger.claims.reserve(sum(command.verb == "claim" for one in new for command in one.intent.commands))
        is_paused, meanwhile = standstill.is_paused(ledger), Meanwhile(office, ledger, scanned_from=scanned_from)
        # Behind what is asked at once, so that most of them are written when it is known what becomes of them.
        numbers = ledger.arrivals.enter_all([(one.mail, one.arrival) for one in new], now=office.clock())
        ids: dict[Place, int] = dict(zip((one.mail.stamp.place for one in new), numbers, strict=True))
        ids |= {place: entry.id for place, entry in known.items() if entry.reason == PUT_OFF}
        station("stored")
        decisions: list[Decision | None] = []
        for one in mails:
            place = one.mail.stamp.place
            if place not in ids:
                decisions.append(None)
                continue
            in_hand[:] = [one]
            # Our own mail is the same message each time it comes back; that it comes back again is what is to be noticed.
            twin = twins.get(one.arrival.content_key, "") if place not in known and one.arrival.machine != OWN_MAIL else ""
            twins.setdefault(one.arrival.content_key or str(place), f"{place[0]}/{place[2]}")
            if twin:
                decision = Decision(Disposition.IGNORED, f"the same message as {twin}")
            elif is_paused:
                decision = Decision(Disposition.PENDING, PUT_OFF)
            else:
                decision = _decide(office, ledger, one, ids[place], meanwhile)
            applying.apply(office, ledger, decision, arrival_id=ids[place], mail=one.mail, arrival=one.arrival)
            meanwhile.took(decision.changes)
            station("decided")
            decisions.append(decision)
        in_hand.clear()
    return decisions


def _decide(office: Office, ledger: Transaction, one: Opened, arrival_id: int, meanwhile: Meanwhile) -> Decision:
    message = weighing.weighed(office, ledger, one.mail.stamp, one.arrival, arrival_id, one.intent, one.signed)
    noticing.note_codes(office, ledger, message.proof.codes)
    view = view_of(office, ledger, message)
    if _hangs_on_claims(office, one, view) and meanwhile.passes(one.mail.stamp.arrived_at):
        view = view_of(office, ledger, message)
    if view.member or view.staff:
        ledger.arrivals.note_proof(arrival_id, message.proof.level, bad_codes=message.proof.bad_codes)
    decision = decide.decide(message, view, office.rules)
    return _decide_again(office, ledger, decision, message) if decision.verified else decision


def _hangs_on_claims(office: Office, one: Opened, view: View) -> bool:
    """Whether it makes a difference what has become of the claims that came before this mail. In which order claims are entered makes none:
    and what stands by an earlier mail, or says that it was meant as a claim, is a claim of that mail's arrival.
    """
    if one.arrival.machine and one.arrival.report is None:
        return False
    if view.question is not None and view.question.question in (Question.VERIFY, Question.DID_YOU_MEAN):
        return False
    return not one.intent.only_claims or _hangs_on_own_claims(office, one, view)


def _hangs_on_own_claims(office: Office, one: Opened, view: View) -> bool:
    """Whether it makes a difference to a claim what has become of earlier ones: of the same case, or of any where the member has a limit."""
    named = {command.case_id for command in one.intent.commands}
    is_limited = view.member is not None and view.member.limit(office.rules.most_open_per_member) > 0
    waits = [claim for claim in view.own if claim.state in (ClaimState.QUEUED, ClaimState.WAITLISTED, ClaimState.HELD)]
    return any(claim.case_id in named or (is_limited and claim.state is not ClaimState.WAITLISTED) for claim in waits)


def _decide_again(office: Office, ledger: Transaction, decision: Decision, answer: Message) -> Decision:
    """The earlier messages that were stood by, decided now as proven; their lines are the answer to the YES."""
    changes, lines, letters = list(decision.changes), list(decision.lines), list(decision.letters)
    for arrival_id in decision.verified:
        raw = ledger.arrivals.raw(arrival_id)
        if raw is None:
            continue
        earlier = _earlier(office, ledger, arrival_id, raw, answer)
        again = decide.decide(earlier, view_of(office, ledger, earlier), office.rules)
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
    read = weighing.weighed(office, ledger, entry.stamp, arrival, arrival_id, own_words(office, ledger, arrival))
    proof = replace(read.proof, level="letter", by_dkim=True, codes=(), reason="stood by it at the address on file")
    return replace(read, proof=proof)
