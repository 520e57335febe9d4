"""What time brings: pauses that end, holds that lapse, deadlines that pass; and what only shows when one looks back over the mail.

Each step asks the ledger what is due and not yet done, so a second pass changes nothing. Who moves up is settled by reception.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.core import claims as rule
from bot.core.decide import alerts
from bot.core.mail import Letter
from bot.core.model import Case, ChangeMember, Claim, ClaimState, EndClaim, Lifecycle, Member, MemberState
from bot.core.trust import has_drifted
from bot.office import Office, lapsing, vigil
from bot.shell.ledger import Transaction

log = structlog.get_logger()

BAD_CODES_AN_HOUR = 20
"""A thread that was forwarded brings a few codes written to others; more than this is somebody trying."""


def tidy(office: Office) -> None:
    """Everything that is due by now."""
    wake_members(office)
    expire_cases(office)  # first: what was kept until the deadline goes to nobody behind
    lapse(office)
    warn_staff(office)


def wake_members(office: Office) -> int:
    """Members whose pause is over are active again."""
    with office.ledger.deciding() as ledger:
        waking = ledger.roster.waking(office.clock())
        for member in waking:
            ledger.roster.change(ChangeMember(member.id, state=MemberState.ACTIVE))
    return len(waking)


def lapse(office: Office) -> int:
    """Places whose time to answer is over go to the next in line; gives how many.

    Only after a full look that began later, so that an answer which had arrived in time is never overlooked.
    """
    with office.ledger.deciding() as ledger:
        seen_until = ledger.folders.scanned_from(office.folders)
        return lapsing.lapse(office, ledger, by=seen_until) if seen_until else 0


def expire_cases(office: Office) -> list[str]:
    """Open cases whose deadline passed with nobody on them: expired, once every mail that arrived before it has been read.

    A conflict check that runs, or a question to the next in line, ends with it, and its member hears so.

    An event that is over is closed: nobody need have been found for it.
    """
    with office.ledger.deciding() as ledger:
        seen_until = ledger.folders.scanned_from(office.folders)
        overdue = ledger.cases.overdue(min(seen_until, office.clock())) if seen_until else []
        cases = ledger.cases.some(overdue)
        expired = [case_id for case_id in overdue if _is_expiring(cases[case_id], ledger.claims.of(case_id), office.clock())]
        for case_id in expired:
            kept_for = _let_go(office, ledger, cases[case_id])
            if cases[case_id].event is not None:
                ledger.cases.move(case_id, Lifecycle.CLOSED, now=office.clock())
                continue
            unsent = ledger.cases.move(case_id, Lifecycle.EXPIRED, now=office.clock())
            _tell_of_expiry(office, ledger, case_id, kept_for, unsent)
            log.info("case expired", case=case_id)
    return expired


def _is_expiring(case: Case, claims: tuple[Claim, ...], now: datetime) -> bool:
    """Whether a place is left over, and nothing that came in time waits to be decided. Who is in line keeps no case open."""
    is_undecided = any(claim.state is ClaimState.QUEUED for claim in claims)
    if case.event is None and not case.checks_conflicts:
        is_undecided = is_undecided or any(rule.is_asked(claim) and claim.agreed_by for claim in claims)
    taken = sum(
        claim.state is ClaimState.CONFIRMED or (claim.state is ClaimState.HELD and not _has_ended(claim, case, now)) for claim in claims
    )
    return taken < case.places and not is_undecided


def _has_ended(claim: Claim, case: Case, now: datetime) -> bool:
    """What staff gave after the deadline is kept beyond it."""
    until = rule.ends_at(claim, case)
    return until is not None and until <= now


def _let_go(office: Office, ledger: Transaction, case: Case) -> list[tuple[Member, bool]]:
    """Whoever still waited for a case that has expired waits no more and hears so.

    Gives those for whom it was kept, each with whether the letter that asks never reached them.
    """
    kept_for: list[tuple[Member, bool]] = []
    for claim in ledger.claims.of(case.id):
        is_kept = claim.state is ClaimState.HELD and _has_ended(claim, case, office.clock())
        if is_kept or claim.state is ClaimState.WAITLISTED:
            is_untold = is_kept and lapsing.is_untold(ledger.correspondence.hold_letter(claim, now=office.clock()))
            ledger.claims.end(EndClaim(claim.id, ClaimState.LAPSED, Lifecycle.EXPIRED.value), office.clock())
            member = ledger.roster.by_id(claim.member_id)
            facts: dict[str, object] = {"case": case, "how": "expired", "was": claim.standing}
            office.owe(ledger, Letter("case_over", member.email, member.language, facts, member_id=member.id, case_id=case.id))
            kept_for += [(member, is_untold)] if is_kept else []
    return kept_for


def _tell_of_expiry(office: Office, ledger: Transaction, case_id: str, kept_for: list[tuple[Member, bool]], unsent: int) -> None:
    """Once for each deadline: a case that staff gave somebody after it may have other places left. To `unsent` its bulletin had not left."""
    case = ledger.cases.by_id(case_id)
    once = f"expired:{case_id}:{case.deadline.at:%Y-%m-%dT%H:%M}" if case.deadline else ""
    facts = {
        "case": case,
        "kept_for": [member for member, _ in kept_for],
        "untold": [member for member, is_untold in kept_for if is_untold],
        "unsent": unsent,
    }
    office.tell_staff(ledger, "expired_notice", facts, case_id=case_id, once=once)


def warn_staff(office: Office) -> None:
    """Of codes that are being guessed, and of results of our mail server that stay away; each once a day."""
    now, rules = office.clock(), office.rules
    with office.ledger.reading() as ledger:
        seen = vigil.look_back(ledger, now=now)
    letters: tuple[Letter, ...] = ()
    if seen.bad_codes > BAD_CODES_AN_HOUR:
        letters += alerts.alert("bad_codes", {"count": seen.bad_codes}, rules, about="", now=now)
    if has_drifted(seen.lately, seen.before):
        figures: dict[str, object] = {"mails": seen.lately.mails, "checked": seen.lately.checked, "usual": seen.before.percent}
        letters += alerts.alert("drift", figures, rules, about="", now=now)
    if not letters:
        return
    with office.ledger.deciding() as ledger:
        for letter in letters:
            office.owe(ledger, letter)
