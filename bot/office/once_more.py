"""Whether a letter that was given up may leave as it is: it tells nobody what is no longer so, or no longer theirs to know. Reads only."""

from __future__ import annotations

import re

from bot.core.decide.edits import HEARS_OF
from bot.core.model import ClaimState, Lifecycle, MemberState
from bot.office import Office
from bot.office.kinds import SEVERAL
from bot.office.undelivered import cases_in
from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import Posted
from bot.shell.ledger.unsent import GivenUp
from bot.shell.ledger.wording import SHOW_THE_FILE, TELL_HOW_ONE_STANDS
from bot.shell.letters import CIRCULATIONS


def why_not(office: Office, ledger: Transaction, letter: GivenUp) -> str:
    """What stands in the way, in a few words; "" where nothing does."""
    if not letter.has_words:
        return "its words are no longer kept"
    if not _is_readers_address(office, ledger, letter):
        return "its reader has another address by now, or is not on file any more"
    if _is_overtaken(ledger, letter):
        return "it is overtaken: its reader stands otherwise with the case by now"
    if _is_out_of_date(ledger, letter):
        return "staff have changed in the case what it tells; a CLAIM of who has not had the file brings it as it is by now"
    if letter.posted.kind == "round" and any(one.opened_at > letter.posted.created_at for one in ledger.rounds.all()):
        return "a later round has gone out, and tells of the cases that are on offer by now"
    if _is_of_withdrawn(ledger, letter):
        return "the case was withdrawn, or is looked for no more"
    return ""


def _is_readers_address(office: Office, ledger: Transaction, letter: GivenUp) -> bool:
    """A circular goes to who takes them; what tells of a case, to nobody but a member or a colleague."""
    if letter.member_id is None:
        return letter.posted.case_id is None or office.staff(letter.posted.to) is not None
    member = ledger.roster.by_id(letter.member_id)
    takes = letter.posted.kind not in CIRCULATIONS or member.state is MemberState.ACTIVE
    return takes and letter.posted.to == member.email


def _is_overtaken(ledger: Transaction, letter: GivenUp) -> bool:
    posted = letter.posted
    if letter.member_id is None or posted.kind not in (*TELL_HOW_ONE_STANDS, SEVERAL, "bulletin"):
        return False
    cases, _ = cases_in(ledger, posted)
    claims = [claim for claim in ledger.claims.made_by(letter.member_id) if claim.case_id in cases]
    return any(claim.decided_at is not None and claim.decided_at > posted.created_at for claim in claims)


def _is_out_of_date(ledger: Transaction, letter: GivenUp) -> bool:
    """Whether staff have changed since what it tells of a case: of the file any of it, of a change the same again."""
    cases, confirmed = cases_in(ledger, letter.posted)
    shown = cases if letter.posted.kind in SHOW_THE_FILE else confirmed
    return any(_is_changed_since(ledger, letter.posted, case_id) for case_id in shown)


def _is_changed_since(ledger: Transaction, posted: Posted, case_id: str) -> bool:
    told, later = set[str](), set[str]()
    own = f"{posted.arrival_id or 0:09}."
    for place, noted in ledger.marks.noted_under(f"case {case_id}").items():
        if (found := _CHANGED.match(noted.note)) and place.startswith(own):
            told |= {*found["fields"].split(",")}
        elif found and noted.at > posted.created_at:
            later |= {*found["fields"].split(",")}
    tells = told if told and posted.kind == "case_changed" else HEARS_OF[ClaimState.CONFIRMED]
    return not later.isdisjoint(tells)


_CHANGED = re.compile(r"changed by \S+ of (?P<fields>[\w,]+)")
"""As the history of a case tells of it."""


def _is_of_withdrawn(ledger: Transaction, letter: GivenUp) -> bool:
    """The file of a case that was withdrawn goes to nobody; nor is anybody called to what is over."""
    cases, confirmed = cases_in(ledger, letter.posted)
    shown = cases if letter.posted.kind in SHOW_THE_FILE else confirmed
    if letter.posted.kind == "bulletin":
        return any(case.lifecycle is not Lifecycle.OPEN for case in ledger.cases.some(cases).values())
    return any(case.lifecycle is Lifecycle.WITHDRAWN for case in ledger.cases.some(shown).values())
