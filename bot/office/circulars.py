"""Letters to the whole roster: the month's round and the bulletin. Written into the outbox, one a member, once.

Given the transaction that decided it; composes from what the roster may know and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core import circulation
from bot.core.circulation import Occasion, due, is_urgent, month_of, occasion_of, upcoming
from bot.core.decide import overturned
from bot.core.mail import Letter
from bot.core.model import Act, Case, Member, Outlook, Question, SendBulletin
from bot.core.reasons import Deed, deed
from bot.office import HEAD, Office, no_round, seen_by_staff, undone
from bot.shell.ledger import Transaction

EMPTY = "no_cases"
"""The mark of a month that came and had no case to offer."""

HELD = "held"
"""The mark of a month that staff keep from going out by itself; its note says who."""

SENT = "sent"
"""The mark of a month that was sent by hand with a reason; its note says who, and why."""

SCHEDULE = "schedule"
"""Who opens a round that goes at its hour because nobody said otherwise."""


def open_round(office: Office, ledger: Transaction, month: str, *, by: str, why: str = "") -> int | None:
    """Owe the month's letters to every active member; None where the month was opened before.

    Where nothing may go, nothing is sent and the month stays free for a round by hand; staff are told once why.
    """
    now = office.clock()
    offered = on_offer(ledger, now=now)
    going = _unasked(office, ledger, month, offered) if by == SCHEDULE else offered
    if not going:
        ledger.marks.put(f"{EMPTY} {month}", now)
        if not offered:
            no_round.tell(office, ledger, month, shown_at=ledger.marks.at(f"{seen_by_staff.PREVIEW} {month}"))
        return None if month in ledger.rounds.months() else 0
    if not ledger.rounds.open(month, now=now, by=by, cases=len(going), letters=ledger.roster.count_active()):
        return None
    _release(office, ledger, month, Deed("sent_round", by, why=why))
    cases, events = ([one for one in going if (one.event is not None) is is_event] for is_event in (False, True))
    ledger.offers.note((case.id for case in cases), month, now)
    facts: dict[str, object] = {"month": month, "cases": cases, "events": events, "urgent_ids": urgent_ids(cases, now=now)}
    facts[HEAD] = ledger.decisions.head()
    readers = ledger.roster.active()
    return office.circulate(ledger, (_to(one, "round", facts, round_month=month, once=f"round:{month}:{one.id}") for one in readers))


def _release(office: Office, ledger: Transaction, month: str, done: Deed) -> None:
    """A round that was held back goes all the same: whoever held it hears, if it was not their own word. A reason given stays on record."""
    kept = _hold(ledger, month)
    ledger.marks.drop(f"{HELD} {month}")
    if kept is not None:
        at, held = kept
        for letter in overturned.told(done, [(at, str(held))], office.rules, month=month):
            office.owe(ledger, undone.in_words(office, letter))
    if done.why:
        ledger.marks.put(f"{SENT} {month}", office.clock(), note=str(done))


def reason_sent(ledger: Transaction, month: str) -> str:
    """Why a month was sent by hand, where somebody said so."""
    sent = deed(ledger.marks.note(f"{SENT} {month}"))
    return sent.why if sent else ""


def on_offer(ledger: Transaction, *, now: datetime) -> list[Case]:
    """What a round would bring now: the cases, then the events."""
    return _open_at(now, ledger.cases.open())


def _open_at(hour: datetime, cases: list[Case]) -> list[Case]:
    return [*circulation.on_offer(cases, now=hour), *circulation.events_on_offer(cases, now=hour)]


def _unasked(office: Office, ledger: Transaction, month: str, cases: list[Case]) -> list[Case]:
    """Silence lets go only what staff have seen and where no finding wants a reason: what it leaves out is told to them."""
    unseen = seen_by_staff.unread(ledger, month, cases)
    found = {case_id for case_id, _ in seen_by_staff.unexplained(office, ledger, cases)}
    left = [case for case in cases if case in unseen or case.id in found]
    if left:
        facts: dict[str, object] = {"month": month, "cases": left, "found": sorted(found), "is_all": len(left) == len(cases)}
        office.tell_staff(ledger, "left_out", facts, once=f"left_out:{month}")
    return [case for case in cases if case not in left]


def months_done(ledger: Transaction) -> set[str]:
    """Months whose round went out, or had nothing to send at its hour."""
    return ledger.rounds.months() | {name.removeprefix(f"{EMPTY} ") for name in ledger.marks.names(EMPTY)}


def months_held(ledger: Transaction) -> set[str]:
    """Months that wait for a word of staff."""
    return {name.removeprefix(f"{HELD} ") for name in ledger.marks.names(HELD)} - ledger.rounds.months()


def hold_round(ledger: Transaction, month: str, *, by: str, why: str = "", now: datetime) -> None:
    ledger.marks.put(f"{HELD} {month}", now, note=str(Deed("held_round", by, why=why)))
    ledger.decisions.write(Act("round held", now, by=by, has_reason=bool(why), facts={"month": month}))


def _hold(ledger: Transaction, month: str) -> tuple[datetime, Deed] | None:
    """When and by whom the month is held back. An earlier version noted the address alone."""
    held = ledger.marks.noted(f"{HELD} {month}")
    return (held.at, deed(held.note) or Deed("held_round", held.note)) if held else None


def held_back(ledger: Transaction) -> tuple[tuple[str, str], ...]:
    """The months that wait for a word of staff, each with who holds it; one is over when a later round has gone out."""
    last = max(months_done(ledger), default="")
    found = ((month, _hold(ledger, month)) for month in sorted(months_held(ledger)) if month > last)
    return tuple((month, kept[1].who) for month, kept in found if kept)


def outlook(office: Office, ledger: Transaction, *, about: str = "", named: str = "") -> Outlook:
    """How the rounds stand, and what the one that goes would hold.

    `about` is the month that is asked about, `named` the one that staff want sent; one whose turn it is not is as good as none.
    """
    how, offered = ahead(office, ledger, about=about, named=named), on_offer(ledger, now=office.clock())
    findings = tuple((case_id, one.kind, one.where, one.found) for case_id, one in seen_by_staff.unexplained(office, ledger, offered))
    if how.at:
        going = _open_at(how.at, offered)
        left_behind = tuple(case.id for case in offered if case not in going)
        how = replace(how, left_behind=left_behind, unread=tuple(case.id for case in seen_by_staff.unread(ledger, how.month, going)))
    return replace(how, offered=tuple(case.id for case in offered), findings=findings)


def ahead(office: Office, ledger: Transaction, *, about: str = "", named: str = "") -> Outlook:
    """How the rounds stand: which one is coming, and which one a word of staff would send. Reads no case."""
    now = office.clock()
    done, held = months_done(ledger), months_held(ledger)
    coming = occasion_of(office.calendar, about, now=now) if about else _coming(office, ledger, done, held, now)
    month = coming.month if coming else ""
    kept = _hold(ledger, month) if month in held else None
    unsent = upcoming(office.calendar, now=now, done=done)
    at_hand = held | {one.month for one in (coming, unsent) if one} | {month_of(now, office.rules.zone)}
    to_send = _still_to_send(ledger, named) if named in at_hand | ledger.rounds.months() else ""
    if not to_send:
        to_send = _still_to_send(ledger, about) if about else _month_to_send(office, ledger, held, now)
    sent = ledger.rounds.get(to_send)
    last = max(ledger.rounds.all(), key=lambda one: one.opened_at, default=None)
    return Outlook(
        month=month,
        at=coming.at if coming else None,
        held_by=kept[1].who if kept else "",
        held_at=kept[0] if kept else None,
        held_why=kept[1].why if kept else "",
        to_send=to_send,
        sent_by=sent.opened_by if sent else "",
        sent_at=sent.opened_at if sent else None,
        next_month=unsent.month if unsent else "",
        next_at=unsent.at if unsent else None,
        last_month=last.month if last else "",
        last_at=last.opened_at if last else None,
    )


def _coming(office: Office, ledger: Transaction, done: set[str], held: set[str], now: datetime) -> Occasion | None:
    first_start = ledger.marks.at("first_start") or now
    return due(office.calendar, first_start=first_start, done=done | held, now=now) or upcoming(office.calendar, now=now, done=done)


def _still_to_send(ledger: Transaction, month: str) -> str:
    """The month itself, sent or not; "" once a later round went out without it."""
    past = ledger.rounds.months()
    return month if month in past or month > max(past, default="") else ""


def _month_to_send(office: Office, ledger: Transaction, held: set[str], now: datetime) -> str:
    """The one that staff hold back; else the coming one, once they have seen it or it was sent early; else this month's, unless a later one went out."""
    past = ledger.rounds.months()
    last_sent = max(past, default="")
    waiting = [month for month in held if month > last_sent]
    if waiting:
        return max(waiting)
    ahead = upcoming(office.calendar, now=now)
    if ahead is not None and (ahead.month in past or ledger.marks.at(f"{seen_by_staff.PREVIEW} {ahead.month}") is not None):
        return ahead.month
    return max(month_of(now, office.rules.zone), last_sent)


def send_bulletin(office: Office, ledger: Transaction, change: SendBulletin) -> int:
    """Owe one letter about this case to every active member, once for each number; every preview that is still open is over with it."""
    case_id, now = change.case_id, office.clock()
    ledger.cases.mark_emergency(case_id, now=now, by=change.by, has_reason=bool(change.why))
    ledger.offers.note_bulletin(case_id, change.number, now)
    ledger.questions.close_all(case_id, Question.SEND_BULLETIN, answer="send", by=change.by, now=now)
    case = ledger.cases.some([case_id])[case_id]
    facts: dict[str, object] = {"case": case, HEAD: ledger.decisions.head()}
    name, readers = f"bulletin:{case_id}:no.{change.number}", ledger.roster.active()
    return office.circulate(ledger, (_to(one, "bulletin", facts, case_id=case_id, once=f"{name}:{one.id}") for one in readers))


def _to(member: Member, kind: str, facts: dict[str, object], **more: Any) -> Letter:
    return Letter(kind, member.email, member.language, facts, member_id=member.id, to_name=member.name, **more)


def urgent_ids(cases: list[Case], *, now: datetime) -> set[str]:
    """Which of these cases a circulation marks as urgent."""
    return {case.id for case in cases if is_urgent(case, now=now)}
