"""Places that were kept for an answer, and whose time is over without one: free again, the next in line will have them. Member and staff hear so.

Never while the letter that asks has not left and may yet leave: nobody is silent about that. Given a transaction in which all mail that
arrived by the moment is on record; whoever has that knows when it is so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog

from bot.core import claims as rule
from bot.core.keeping import is_held_up, renewed_until
from bot.core.mail import Letter
from bot.core.model import Claim, ClaimState, EndClaim, HoldLetter
from bot.office.owing import Office
from bot.shell.ledger import Transaction

log = structlog.get_logger()


def lapse(office: Office, ledger: Transaction, *, by: datetime, before_deadlines: bool = False) -> int:
    """Each that was over by this moment; gives how many. `before_deadlines` leaves those alone whose case has its deadline by then, too."""
    checks, offers = ledger.places.holds_until(by), ledger.places.offers_until(by)
    if before_deadlines:
        cases = ledger.cases.some({claim.case_id for claim in (*checks, *offers)})
        checks, offers = (tuple(one for one in some if not rule.is_over(cases[one.case_id], now=by)) for some in (checks, offers))
    return _lapse_checks(office, ledger, checks) + _lapse_offers(office, ledger, offers)


def _lapse_checks(office: Office, ledger: Transaction, over: Iterable[Claim]) -> int:
    """A conflict check that was not answered in time."""
    lapsed = _unanswered(office, ledger, over)
    for claim, is_lost in lapsed:
        ledger.claims.end(EndClaim(claim.id, ClaimState.LAPSED, "no_answer"), office.clock())
        _tell_of_lapse(office, ledger, claim, is_untold=is_lost)
        log.info("hold lapsed", case=claim.case_id, claim=claim.id)
    return len(lapsed)


def _lapse_offers(office: Office, ledger: Transaction, over: Iterable[Claim]) -> int:
    """Who is next in line and was asked has not answered in time: told once, counted against nobody."""
    lapsed = _unanswered(office, ledger, over)
    for claim, is_lost in lapsed:
        ledger.claims.end(EndClaim(claim.id, ClaimState.LAPSED, "offer_over"), office.clock())
        member, case = ledger.roster.by_id(claim.member_id), ledger.cases.by_id(claim.case_id)
        facts: dict[str, object] = {"case": case, "hold_until": claim.hold_until}
        once = f"offer_over:{claim.id}"
        letter = Letter("offer_over", member.email, member.language, facts, member_id=member.id, case_id=case.id, once=once)
        office.owe(ledger, letter)
        about = {"case": case, "member": member, "how": "untold" if is_lost else "no_answer"}
        office.tell_staff(ledger, "offer_passed", about, case_id=case.id, once=once)
        log.info("offer lapsed", case=claim.case_id, claim=claim.id)
    return len(lapsed)


def _unanswered(office: Office, ledger: Transaction, over: Iterable[Claim]) -> list[tuple[Claim, bool]]:
    """Those of which silence is an answer, each with whether the letter that asks never reached them; not those whose time begins anew."""
    now, spans = office.clock(), {True: office.rules.offer, False: office.rules.hold}
    letters = [(claim, ledger.correspondence.hold_letter(claim, now=now)) for claim in over]
    silent = [(claim, letter) for claim, letter in letters if not is_held_up(claim, letter, now)]
    cases = ledger.cases.some([claim.case_id for claim, _ in silent])
    return [
        (claim, is_untold(letter))
        for claim, letter in silent
        if renewed_until(claim, cases[claim.case_id], letter, now=now, span=spans[claim.is_offer]) is None
    ]


def is_untold(letter: HoldLetter | None) -> bool:
    """Whether what asks for an answer has never left: whoever was to have it cannot have been silent."""
    return letter is not None and letter.left_at is None


def _tell_of_lapse(office: Office, ledger: Transaction, claim: Claim, *, is_untold: bool) -> None:
    """Once each: the claim has left its state in this very transaction."""
    case, member = ledger.cases.by_id(claim.case_id), ledger.roster.by_id(claim.member_id)
    facts: dict[str, object] = {"case": case, "hold_until": claim.hold_until}
    office.owe(ledger, Letter("hold_lapsed", member.email, member.language, facts, member_id=member.id, case_id=case.id))
    about = {**facts, "member": member, "has_next": rule.somebody_waits(ledger.claims.of(case.id), but=member.id), "is_untold": is_untold}
    office.tell_staff(ledger, "lapsed_notice", about, case_id=case.id)
