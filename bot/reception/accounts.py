"""What people may ask to be told: staff how a case was decided, how the office stands, what the coming round will say; a lawyer their own cases.

The same facts as the command line shows, gathered for a letter at the moment of its answer. Changes nothing.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Final

from bot.core.claims import ends_at, in_order, is_asked, ranks, waiting_places
from bot.core.model import OVER, Case, ClaimState
from bot.core.reasons import sentence
from bot.core.tongue import Tongue
from bot.office import Office, awaited, circulars, previews, vigil
from bot.shell.ledger import Transaction

SHOWN_AFTER_ITS_END: Final = timedelta(days=30)


def explained(ledger: Transaction, case: Case, tongue: Tongue) -> dict[str, Any]:
    """Every claim the case ever had, in order of arrival, and what staff have done with the case."""
    claims = ledger.claims.of(case.id)
    order, decisions = ranks(claims), ledger.decisions.last_about(case.id)
    entries = [
        {
            "rank": order[claim.id],
            "decision": decisions.get(claim.id),
            "member": ledger.roster.by_id(claim.member_id).email,
            "arrived_at": claim.stamp.arrived_at,
            "uid": claim.stamp.uid,
            "folder": claim.stamp.folder,
            "state": claim.standing,
            "until": ends_at(claim, case),
            "reason": sentence(claim.reason, tongue),
        }
        for claim in in_order(claims)
    ]
    history = [(at, sentence(note, tongue)) for at, note in ledger.marks.notes(f"case {case.id}")]
    return {"claims": entries, "history": history}


def own(ledger: Transaction, member_id: int | None) -> list[tuple[Case, str, int | None]]:
    """What a member holds and waits for: the case, how they stand with it, and their place on its waiting list."""
    claims = ledger.claims.of_member(member_id) if member_id is not None else ()
    cases = ledger.cases.some({claim.case_id for claim in claims})
    # Who waits for an event waits by group, which says little to one person.
    places = {claim.id: waiting_places(ledger.claims.of(claim.case_id)).get(claim.id) for claim in claims if not claim.is_for_event}
    return [(cases[claim.case_id], "asks_staff" if is_asked(claim) else claim.standing, places.get(claim.id)) for claim in claims]


def in_hand(ledger: Transaction, member_id: int | None, *, now: datetime) -> dict[str, Any]:
    """For a member's own account: their claims, without what staff have ended; until when places are kept; and what has ended of late."""
    standing = own(ledger, member_id)
    over = [case for case, _, _ in standing if case.lifecycle in OVER]
    return {
        "claims": [one for one in standing if one[0].lifecycle not in OVER],
        "kept": kept(ledger, member_id),
        "over": [case for case in over if now - (ledger.marks.latest(f"case {case.id}") or now) <= SHOWN_AFTER_ITS_END],
    }


def kept(ledger: Transaction, member_id: int | None) -> dict[str, datetime]:
    """Until when each place is kept that waits for a word of the member, by its case."""
    claims = [claim for claim in ledger.claims.of_member(member_id) if claim.state is ClaimState.HELD] if member_id is not None else []
    cases = ledger.cases.some({claim.case_id for claim in claims})
    return {claim.case_id: until for claim in claims if (until := ends_at(claim, cases[claim.case_id])) is not None}


def explained_member(ledger: Transaction, address: str, tongue: Tongue) -> dict[str, Any]:
    """How a member stands, what they hold or wait for, and what staff have done about them."""
    member = ledger.roster.by_address(address)
    assert member is not None, "who is on the roster stays on record"
    claims = ledger.claims.of_member(member.id)
    cases = ledger.cases.some([claim.case_id for claim in claims])
    return {
        "name": member.name,
        "firm": member.firm,
        "state": member.state.value,
        "standing": [(cases[claim.case_id], claim.standing) for claim in claims],
        "history": [(at, sentence(note, tongue)) for at, note in ledger.marks.notes(f"member {member.id}")],
    }


def office_status(office: Office, ledger: Transaction, *, member_id: int | None) -> dict[str, Any]:
    """Cases, members, rounds and mail in figures, and when each server was last reached; and the own cases of who asks."""
    past = ledger.rounds.all()
    outlook = circulars.outlook(office, ledger)
    return {
        "cases": Counter(case.state for case in ledger.cases.all()).most_common(),
        "members": Counter(member.state.value for member in ledger.roster.all()).most_common(),
        "last_round": {"month": past[-1].month, "opened_at": past[-1].opened_at, "letters": past[-1].letters} if past else None,
        "next_round": {"month": outlook.month, "due_at": outlook.at, "held_by": outlook.held_by} if outlook.at else None,
        "inbox": sorted(ledger.counts.by_disposition().items()),
        "unanswered": ledger.words.unanswered(),
        "awaited": awaited.of_staff(ledger, office.clock()),
        "outbox": sorted(ledger.outbox.count_by_state().items()),
        "read_at": ledger.marks.at("imap"),
        "sent_at": ledger.marks.at("smtp"),
        "senders": _senders(office, ledger),
        "own": in_hand(ledger, member_id, now=office.clock()),
    }


def _senders(office: Office, ledger: Transaction) -> dict[str, int]:
    """Of the mails of people on file in the last day: how many our mail server had a verdict on, and how many it found forged."""
    seen = vigil.look_back(ledger, now=office.clock())
    return {"mails": seen.lately.mails, "checked": seen.lately.checked, "usual": seen.before.percent, "failed": seen.failed}


def round_shown(office: Office, ledger: Transaction, month: str, language: str) -> dict[str, Any]:
    """The coming round as the roster would read it now."""
    outlook = circulars.outlook(office, ledger, about=month)
    shown = previews.preview(office, ledger, month, at=outlook.at)
    return {**shown.facts(office.tongue(language)), "due_at": outlook.at, "held_by": outlook.held_by, "held_why": outlook.held_why}
