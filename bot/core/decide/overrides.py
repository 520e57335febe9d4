"""What staff may do with one case by mail: end it, open it again, give a place out of turn, take one back.

Each takes the command and what is known, and gives the line of the transcript with the changes and the letters to those concerned.
Asks for nothing; every change says who made it, and why where a reason is given. A colleague whose word is undone hears so. A lawyer learns what became of the own claim, never who else has asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.core import overturned
from bot.core.claims import standing
from bot.core.decide.foreseen import is_unnumbered
from bot.core.decide.lawyers import Step
from bot.core.decide.message import Message
from bot.core.intent import Command, grounds_of
from bot.core.mail import Letter, canonical
from bot.core.model import (
    LIVE,
    PLACED,
    Ask,
    AssignClaim,
    Case,
    Claim,
    ClaimState,
    EndClaim,
    Lifecycle,
    Line,
    Member,
    MemberState,
    MoveCase,
    Question,
    Staff,
    View,
)
from bot.core.reasons import Deed
from bot.core.rules import Rules

ENDS_WITH_THE_CASE = frozenset({ClaimState.QUEUED, ClaimState.WAITLISTED, ClaimState.HELD})
"""A conflict check ends too: its CLEAR would bring out the file of a case that is over."""


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """What every verb of staff may look at."""

    message: Message
    view: View
    rules: Rules
    staff: Staff
    position: int = 0
    """Where the command's line will stand in the answer."""

    def member(self, command: Command) -> Member | None:
        """Whom the command names, by main address or alias."""
        return self.view.people.get(canonical(command.argument))

    def case(self, command: Command) -> Case | None:
        return self.view.cases.get(command.case_id or "")

    def why(self, command: Command) -> str:
        """The reason given with an override, "" where none is."""
        return grounds_of(command, self.message.intent, self.rules.vocabulary)

    def to_colleague(self, word: str, command: Command, case: Case, *, whom: str = "") -> tuple[Letter, ...]:
        """The letter to the colleague whose word about a case this one undoes, if it does."""
        done = Deed(word, self.staff.address, whom, self.why(command))
        return overturned.told(done, self.view.history.get(case.id, ()), self.rules, case=case)


def not_done(command: Command, reason: str, **facts: object) -> Step:
    """A line that says why nothing was changed and what to do instead."""
    return Step(Line(command.said, "not_done", command.case_id, {"reason": reason, "address": command.argument, **facts}))


def unknown_case(command: Command) -> Step:
    facts: dict[str, object] = {"reason": "unknown_case", "arrived_at": None, "number": command.argument}
    return Step(Line(command.said, "refused", command.case_id, facts))


def close(command: Command, desk: StaffDesk) -> Step:
    return _end_case(command, desk, Lifecycle.CLOSED)


def withdraw(command: Command, desk: StaffDesk) -> Step:
    return _end_case(command, desk, Lifecycle.WITHDRAWN)


def reopen(command: Command, desk: StaffDesk) -> Step:
    case = desk.case(command)
    if case is None:
        return unknown_case(command)
    if case.is_erased or case.lifecycle is Lifecycle.OPEN:
        return not_done(command, "is_erased" if case.is_erased else "is_open")
    if case.deadline is not None and case.deadline.at <= desk.view.now and case.free_places > 0:
        return not_done(command, "deadline_passed")
    if not case.is_approved:
        return _redrafted(command, case, desk)
    why = desk.why(command)
    moved = MoveCase(case.id, Lifecycle.OPEN, desk.staff.address, "reopened", why)
    facts: dict[str, object] = {"how": "reopened", "told": 0, "holders": _holders(case.id, desk.view), "grounds": why}
    letters = (*_to_holders(case, desk.view), *desk.to_colleague("reopened", command, case))
    return Step(Line(command.said, "case_moved", case.id, facts), (moved,), letters)


def _to_holders(case: Case, view: View) -> Iterator[Letter]:
    """Who holds a case that had been withdrawn was told to take no further step in it: it goes on, and its deadline counts again."""
    if case.lifecycle is Lifecycle.WITHDRAWN:
        facts: dict[str, object] = {
            "case": case,
            "changed": ["reopened", "deadline"],
            "deadline_was": None,
            "state": ClaimState.CONFIRMED.value,
        }
        holding = [claim for claim in view.claims.get(case.id, ()) if claim.state is ClaimState.CONFIRMED]
        for member in (view.claimants[claim.member_id] for claim in holding):
            yield Letter("case_changed", member.email, member.language, facts, member_id=member.id, case_id=case.id)


def previewed(command: Command, case: Case, view: View, *, position: int) -> Step:
    """A draft or a bulletin as the roster would read it, with the question whether it may."""
    is_bulletin = case.is_emergency or case.lifecycle is Lifecycle.OPEN
    outcome, question = ("preview_bulletin", Question.SEND_BULLETIN) if is_bulletin else ("preview_case", Question.OPEN_CASE)
    return Step(Line(command.said, outcome, case.id, {"count": view.recipients}), (Ask(question, case.id, position),))


def _redrafted(command: Command, case: Case, desk: StaffDesk) -> Step:
    """What nobody has agreed to is shown first: a draft to whoever asks, one that was dropped or changed as the draft it is again."""
    step = previewed(command, case, desk.view, position=desk.position)
    if case.lifecycle is Lifecycle.DRAFT:
        return step
    moved = MoveCase(case.id, Lifecycle.DRAFT, desk.staff.address, why=desk.why(command))
    return replace(step, changes=(moved, *step.changes), letters=desk.to_colleague("draft", command, case))


def assign(command: Command, desk: StaffDesk) -> Step:
    """A free place out of turn, also after the deadline; the member's own claim keeps its arrival, else this mail's is on record."""
    case, member = desk.case(command), desk.member(command)
    if case is None:
        return unknown_case(command)
    if case.is_erased:
        return not_done(command, "is_erased")
    if member is None or not member.may_claim:
        return not_done(command, "not_on_roster" if member is None else "not_active")
    claims = desk.view.claims.get(case.id, ())
    mine = standing(claims, member.id, states=LIVE)
    wrong = _why_not_given(case, mine)
    if wrong:
        return not_done(command, wrong, holders=_holders(case.id, desk.view))
    taken = {claim.place_no for claim in claims if claim.state in PLACED and claim is not mine}
    place_no = next(number for number in range(1, case.places + 1) if number not in taken)
    state = ClaimState.HELD if case.checks_conflicts else ClaimState.CONFIRMED
    why = desk.why(command)
    given = AssignClaim(case.id, member.id, mine.id if mine else None, state, place_no, desk.staff.address, why)
    until = member.paused_until.isoformat() if member.paused_until else None
    pause = {"is_pausing": True, "until": until} if member.state is MemberState.PAUSED else {}
    facts: dict[str, object] = {"address": member.email, "name": member.name, "state": state.value, "grounds": why, **pause}
    reopened = (MoveCase(case.id, Lifecycle.OPEN, desk.staff.address, "reopened"),) if case.lifecycle is Lifecycle.EXPIRED else ()
    letters = desk.to_colleague("assigned", command, case, whom=member.email)
    return Step(Line(command.said, "assigned", case.id, facts), (*reopened, given), letters)


def release(command: Command, desk: StaffDesk) -> Step:
    """Another's claim ends; whoever is next in line moves up when the case is settled."""
    case, member = desk.case(command), desk.member(command)
    if case is None:
        return unknown_case(command)
    if not command.argument:
        return not_done(command, "say_whose", holders=_holders(case.id, desk.view))
    mine = standing(desk.view.claims.get(case.id, ()), member.id, states=LIVE) if member else None
    if member is None or mine is None:
        return not_done(command, "no_claim" if member else "not_on_roster", holders=_holders(case.id, desk.view))
    if is_unnumbered(mine):
        return not_done(command, "same_mail")
    why = desk.why(command)
    ended = EndClaim(mine.id, ClaimState.RELEASED, f"released by {desk.staff.address}", why)
    facts: dict[str, object] = {"address": member.email, "name": member.name, "was": mine.standing, "grounds": why}
    # A claim that is not decided yet is told by the answer to the mail that made it, which for a place at an event has been given.
    told = mine.state is not ClaimState.QUEUED or mine.is_for_event
    letters: tuple[Letter, ...] = (to_member("taken_back", member, case, was=mine.standing),) if told else ()
    letters += desk.to_colleague("released", command, case, whom=member.email)
    return Step(Line(command.said, "taken", case.id, facts), (ended,), letters)


def explain(command: Command, desk: StaffDesk) -> Step:
    """How a case was decided, or how a member stands."""
    member = desk.member(command)
    if member is not None:
        return Step(Line(command.said, "explained_member", facts={"address": member.email}))
    if command.argument:
        return not_done(command, "not_on_roster")
    case = desk.case(command)
    return unknown_case(command) if case is None else Step(Line(command.said, "explained", case.id))


def _end_case(command: Command, desk: StaffDesk, lifecycle: Lifecycle) -> Step:
    case = desk.case(command)
    if case is None:
        return unknown_case(command)
    if case.lifecycle is lifecycle:
        return not_done(command, f"is_{lifecycle.value}")
    live = [claim for claim in desk.view.claims.get(case.id, ()) if claim.state in LIVE]
    if any(is_unnumbered(claim) for claim in live):
        return not_done(command, "same_mail")
    ending = tuple(EndClaim(claim.id, ClaimState.LAPSED, lifecycle.value) for claim in live if claim.state in ENDS_WITH_THE_CASE)
    letters = tuple(
        to_member("case_over", desk.view.claimants[claim.member_id], case, how=lifecycle.value, was=claim.standing)
        for claim in live
        if _hears(claim, lifecycle)
    )
    holders = [desk.view.claimants[claim.member_id].email for claim in live if claim.state is ClaimState.CONFIRMED]
    told, why = len({claim.member_id for claim in live}) - len(holders), desk.why(command)
    facts: dict[str, object] = {"how": lifecycle.value, "told": told, "holders": holders, "grounds": why}
    moved = MoveCase(case.id, lifecycle, desk.staff.address, lifecycle.value, why)
    given = [desk.view.claimants[claim.member_id].email for claim in live if lifecycle is Lifecycle.WITHDRAWN and overturned.is_gift(claim)]
    done = Deed(lifecycle.value, desk.staff.address, why=why)
    letters += overturned.of_all(done, given, desk.view.history.get(case.id, ()), desk.rules, case=case)
    return Step(Line(command.said, "case_moved", case.id, facts), (moved, *ending), letters)


def _hears(claim: Claim, lifecycle: Lifecycle) -> bool:
    """Who waits to be decided hears by the answer to the own mail, which an event has had already; who holds the case, only when it is
    taken away from everybody."""
    if claim.state is ClaimState.CONFIRMED:
        return lifecycle is Lifecycle.WITHDRAWN
    return claim.state is not ClaimState.QUEUED or claim.is_for_event


def _why_not_given(case: Case, mine: Claim | None) -> str:
    if case.lifecycle is not Lifecycle.OPEN and not (case.lifecycle is Lifecycle.EXPIRED and case.is_approved):
        return f"not_open_{case.lifecycle.value}"
    if is_unnumbered(mine):
        return "same_mail"
    if mine is not None and mine.is_offer:
        return ""
    if mine is not None and mine.state in PLACED:
        return "already_theirs"
    return "no_place" if case.free_places <= 0 else ""


def _holders(case_id: str, view: View) -> list[str]:
    placed = (claim.member_id for claim in view.claims.get(case_id, ()) if claim.state in PLACED)
    return [view.claimants[member_id].email for member_id in placed if member_id in view.claimants]


def to_member(kind: str, member: Member, case: Case, **facts: object) -> Letter:
    return Letter(kind, member.email, member.language, {"case": case, **facts}, member_id=member.id, case_id=case.id)
