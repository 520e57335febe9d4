"""What every verb of a lawyer is given and gives: a desk to look at, a step with its line, changes and letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.decide.message import Message
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import Change, Lifecycle, Line, Look, Member, View
from bot.core.rules import Rules


@dataclass(frozen=True, slots=True)
class Step:
    """One command carried out: its line, and what changes."""

    line: Line
    changes: tuple[Change, ...] = ()
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What every verb may look at. `position` is where the command's line will stand; `view` knows what the lines above it change."""

    message: Message
    view: View
    rules: Rules
    member: Member
    position: int = 0
    claimed_by: Member | None = None
    """The colleague whose mail it is, where `member` is claimed for."""


LOOKS = frozenset({"listed", "shown", "standing", "explained", "explained_member", "office_status", "reported", "round_shown"})
"""Outcomes that tell how things stand."""


def in_order(steps: Sequence[Step]) -> tuple[Change, ...]:
    """The changes of one mail; a command that asks how things stand is answered with what the commands above it have left."""
    last = max((position for position, step in enumerate(steps) if step.changes), default=-1)
    found: list[Change] = []
    for position, step in enumerate(steps):
        if step.line.outcome in LOOKS and position < last:
            found.append(Look(position))
        found += step.changes
    return tuple(found)


def refused(command: Command, desk: Desk, reason: str) -> Line:
    """Why nothing was done. A claim's own arrival is told with it."""
    arrived_at = desk.message.stamp.arrived_at.isoformat() if command.verb == "claim" else None
    facts: dict[str, object] = {"reason": reason, "arrived_at": arrived_at}
    if reason in ("own_limit", "limit_reached"):
        facts["limit"] = desk.member.limit(desk.rules.most_open_per_member)
    return Line(command.said, "refused", command.case_id, facts)


def is_published(case_id: str, desk: Desk) -> bool:
    """Whether the roster may know of the case: a draft is as unknown as a case that never was."""
    case = desk.view.cases.get(case_id)
    return case is not None and case.lifecycle is not Lifecycle.DRAFT
