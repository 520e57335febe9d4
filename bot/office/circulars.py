"""Letters to the whole roster: the month's round and the bulletin. Written into the outbox, one a member, once.

Given the transaction that decided it; composes from what the roster may know and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core import circulation, overturned
from bot.core.circulation import is_urgent
from bot.core.mail import Letter
from bot.core.model import Act, Case, Member, Outlook, Question, SendBulletin
from bot.core.reasons import Deed, deed
from bot.office import HEAD, Office, no_round, occasions, seen_by_staff, undone
from bot.office.occasions import EMPTY, HELD, PREVIEW
from bot.shell.ledger import Transaction

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
            no_round.tell(office, ledger, month, shown_at=ledger.marks.at(f"{PREVIEW} {month}"))
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
    kept = occasions.hold_on(ledger, month)
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


def hold_round(ledger: Transaction, month: str, *, by: str, why: str = "", came: datetime | None = None, now: datetime) -> None:
    """`came` is when the word that holds it did, if that was earlier."""
    ledger.marks.put(f"{HELD} {month}", came or now, note=str(Deed("held_round", by, why=why)))
    ledger.decisions.write(Act("round held", now, by=by, has_reason=bool(why), facts={"month": month}))


def outlook(office: Office, ledger: Transaction, *, about: str = "", named: str = "") -> Outlook:
    """How the rounds stand, and what the one that goes would hold.

    `about` is the month that is asked about, `named` the one that staff want sent; one whose turn it is not is as good as none.
    """
    how, offered = occasions.ahead(office, ledger, about=about, named=named), on_offer(ledger, now=office.clock())
    findings = tuple((case_id, one.kind, one.where, one.found) for case_id, one in seen_by_staff.unexplained(office, ledger, offered))
    if how.at:
        going = _open_at(how.at, offered)
        left_behind = tuple(case.id for case in offered if case not in going)
        how = replace(how, left_behind=left_behind, unread=tuple(case.id for case in seen_by_staff.unread(ledger, how.month, going)))
    return replace(how, offered=tuple(case.id for case in offered), findings=findings)


def send_bulletin(office: Office, ledger: Transaction, change: SendBulletin) -> int:
    """Owe one letter about this case to every active member, once for each number; every preview that is still open is over with it."""
    case_id, now = change.case_id, office.clock()
    ledger.cases.mark_emergency(case_id, now=now, by=change.by, has_reason=bool(change.why))
    ledger.offers.note_bulletin(case_id, change.number, now)
    ledger.questions.close_all(case_id, Question.SEND_BULLETIN, answer="send", by=change.by, now=now)
    case = ledger.cases.by_id(case_id)
    facts: dict[str, object] = {"case": case, HEAD: ledger.decisions.head()}
    name, readers = f"bulletin:{case_id}:no.{change.number}", ledger.roster.active()
    return office.circulate(ledger, (_to(one, "bulletin", facts, case_id=case_id, once=f"{name}:{one.id}") for one in readers))


def _to(member: Member, kind: str, facts: dict[str, object], **more: Any) -> Letter:
    return Letter(kind, member.email, member.language, facts, member_id=member.id, to_name=member.name, **more)


def urgent_ids(cases: list[Case], *, now: datetime) -> set[str]:
    """Which of these cases a circulation marks as urgent."""
    return {case.id for case in cases if is_urgent(case, now=now)}
