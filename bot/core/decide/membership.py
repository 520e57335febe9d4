"""What a lawyer may change about the own place on the roster: pause, language, a limit, leaving, and asking to join again.

Each takes the command and what is known, and gives the line of the answer with the changes that go with it.
Nobody outside the roster gets in by a word of their own, and none of them reads what is written to the roster.
"""

from __future__ import annotations

from datetime import datetime

from bot.core import dates
from bot.core.decide import notices
from bot.core.decide.message import Message
from bot.core.decide.steps import Desk, Step
from bot.core.intent import Command, limit_in
from bot.core.intent import misspelt as spelt_out
from bot.core.mail import Letter
from bot.core.model import (
    LIVE,
    PLACED,
    Ask,
    ChangeMember,
    Claim,
    ClaimState,
    EndClaim,
    EnterClaim,
    Line,
    Member,
    MemberState,
    Question,
    View,
)
from bot.core.rules import Rules
from bot.core.tongue import JAPANESE

OPEN_TO_OUTSIDERS = frozenset({"join", "leave", "help", "status", "release", "conflict"})
"""What somebody who is not on the roster, or no more, may write: nothing here shows a case or gives one, and all of it may be undone."""


def outside(command: Command, desk: Desk) -> Step:
    """Whatever else an outsider asks is answered alike, so that the answer tells nothing of any case. A claim is put on record."""
    line = Line(command.said, "not_on_roster", facts={"state": desk.member.state.value})
    case = desk.view.cases.get(command.case_id or "")
    if command.verb != "claim" or case is None or command.argument:
        return Step(line)
    return Step(line, (EnterClaim(desk.member.id, case.id, ClaimState.REFUSED, line=-1, reason="not_admitted"),))


def join(command: Command, desk: Desk) -> Step:
    """Who is on the roster already is told so, and how to have letters again."""
    until = desk.member.paused_until.isoformat() if desk.member.paused_until else None
    return Step(Line(command.said, "joined_before", facts={"state": desk.member.state.value, "until": until}))


def pause(command: Command, desk: Desk) -> Step:
    until: datetime | None = None
    if command.argument:
        read = dates.pause_until(
            command.argument,
            zone=desk.rules.zone,
            today=desk.message.stamp.arrived_at.astimezone(desk.rules.zone).date(),
            month_first=desk.member.language == JAPANESE.code or not command.said.isascii(),
        )
        if isinstance(read, str):
            return Step(Line(command.said, "unclear", facts={"date": dates.bare(command.argument), "fault": read}))
        until = read
    change = ChangeMember(desk.member.id, state=MemberState.PAUSED, paused_until=until)
    return Step(Line(command.said, "paused", facts={"until": until.isoformat() if until else None}), (change,))


def resume(command: Command, desk: Desk) -> Step:
    return Step(Line(command.said, "resumed"), (ChangeMember(desk.member.id, state=MemberState.ACTIVE),))


def language(command: Command, desk: Desk) -> Step:
    asked = command.argument.casefold()
    wanted = desk.rules.vocabulary.tongues.get(asked, asked)
    if wanted not in desk.rules.languages:
        return Step(Line(command.said, "unclear", facts={"tongues": list(desk.rules.languages)}))
    return Step(Line(command.said, "language_set", facts={"language": wanted}), (ChangeMember(desk.member.id, language=wanted),))


def limit(command: Command, desk: Desk) -> Step:
    """Without a number it only tells how things stand, and 0 could mean no limit or no case. What the member holds beyond a new limit stays."""
    wanted = limit_in(command.argument)
    if wanted == 0 and command.argument[:1].isdigit():
        return Step(Line(command.said, "unclear", facts={"zero": True}))
    facts: dict[str, object] = {
        "limit": desk.member.most_open if wanted is None else wanted,
        "is_new": wanted is not None,
        "holds": sum(claim.is_counted and not claim.is_offer for claim in desk.view.own),
        "organisation": desk.rules.most_open_per_member,
    }
    changes = () if wanted is None else (ChangeMember(desk.member.id, most_open=wanted),)
    return Step(Line(command.said, "limit_set", facts=facts), changes)


def misspelt(message: Message, rules: Rules) -> Line | None:
    """A mail that is nothing but LANGUAGE or LIMIT with one word that it does not take is told how it is written; in a longer one it is prose."""
    lines = [line.strip() for line in message.intent.lines if line.strip()]
    if len(lines) != 1 or len(lines[0].split()) != 2 or not lines[0].split()[1].isalpha():
        return None
    facts: dict[str, dict[str, object]] = {"language": {"tongues": list(rules.languages)}, "limit": {}}
    for verb, more in facts.items():
        for slip in spelt_out(lines, rules.vocabulary, [verb]):
            return Line(slip.said, "unclear", facts=more or {"form": slip.form})
    return None


def leave(command: Command, desk: Desk) -> Step:
    """Who holds a case is asked first; who holds none leaves at once, and the places in line are given up."""
    held = holdings(desk.view)
    if held:
        facts: dict[str, object] = {"holds": [claim.case_id for claim in held], "checks": _checked(held)}
        return Step(Line(command.said, "leave_asked", facts=facts), (Ask(Question.LEAVE, None, desk.position),))
    return left(command.said, desk.member, desk.view)


def left(said: str, member: Member, view: View, letters: tuple[Letter, ...] = ()) -> Step:
    """Off the roster, with all that the member holds and waits for."""
    held = [claim for claim in holdings(view) if not claim.is_for_event]
    waiting = (ClaimState.WAITLISTED, ClaimState.QUEUED)
    facts: dict[str, object] = {
        "handed_back": [claim.case_id for claim in held],
        "was_confirmed": [claim.case_id for claim in held if claim.state is ClaimState.CONFIRMED],
        "waited": [claim.case_id for claim in view.own if not claim.is_for_event and (claim.state in waiting or claim.is_offer)],
        "events": [claim.case_id for claim in view.own if claim.is_for_event and claim.state in LIVE],
    }
    ended = tuple(EndClaim(claim.id, ClaimState.RELEASED, "left") for claim in view.own)
    return Step(Line(said, "left", facts=facts), (ChangeMember(member.id, state=MemberState.LEFT), *ended), letters)


def hands_back_and_leaves(said: str, desk: Desk) -> Step:
    """YES to “hand back what you hold, and leave?”: staff hear which cases that lawyer had."""
    handed_back = [desk.view.cases[claim.case_id] for claim in holdings(desk.view) if claim.case_id in desk.view.cases]
    facts: dict[str, object] = {"member": desk.member, "cases": handed_back, "checks": _checked(holdings(desk.view))}
    letters = notices.to_staff("left_notice", facts, desk.rules) if handed_back else ()
    return left(said, desk.member, desk.view, letters)


def holdings(view: View) -> list[Claim]:
    """What the sender has in hand; a place that is only offered is not."""
    return [claim for claim in view.own if claim.state in PLACED and not claim.is_offer]


def _checked(claims: list[Claim]) -> list[str]:
    """The cases of which the sender has the names of a conflict check, and no file."""
    return [claim.case_id for claim in claims if claim.state is ClaimState.HELD]
