"""Somebody asks to join the roster: on file as an applicant, acknowledged once, and let in by nobody but staff.

The one letter that a stranger ever gets: only at a proven address, one a day, and few a day in all, so that the desk cannot be made to
send mail for others. What an unproven one writes stays in the inbox listing, unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core import application, overturned
from bot.core.decide import notices
from bot.core.decide.message import Message
from bot.core.decide.steps import Step
from bot.core.mail import Letter
from bot.core.model import Asked, ChangeMember, Decision, Disposition, EnterApplicant, Line, Member, MemberState, Noted, Question, View
from bot.core.reasons import Deed
from bot.core.roster import address_fault
from bot.core.rules import Rules

MOST_A_DAY = 20
"""How many acknowledgements go out in a day, to all strangers together."""

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def application_of(message: Message, view: View, rules: Rules) -> Decision | None:
    """A JOIN of somebody outside the roster; None for anything else. Other commands of such a mail are not looked at."""
    known = view.member
    is_for_others = view.staff is not None or (known is not None and not known.is_outside)
    if is_for_others or not message.arrival.sender or message.arrival.defects or message.intent.doubt:
        return None
    if not is_joining(message) and not _completes(message, known):
        return None
    if not message.proof.is_proven:
        # Who is on file is asked at that address; nobody else is written to.
        return None if known else Decision(Disposition.FOR_STAFF, "asks to join; not on the roster, and the sender is not proven")
    if address_fault(message.arrival.sender):
        look = f"; it looks like {message.looks_like}" if message.looks_like else ""
        return Decision(Disposition.FOR_STAFF, f"asks to join from an address that we cannot write to{look}")
    if view.joined_today >= MOST_A_DAY and not view.is_acknowledged:
        return Decision(Disposition.FOR_STAFF, "asks to join; too many applications today", letters=_too_many(view, rules))
    return _entered(message, view, rules)


def is_joining(message: Message) -> bool:
    return any(command.verb == "join" for command in message.intent.commands)


def admitted(said: str, member: Member, done: Deed, *, past: Sequence[Noted], rules: Rules) -> Step:
    """On the roster, with a welcome that brings the cases of the day."""
    facts: dict[str, object] = {"address": member.email, "name": member.name, "grounds": done.why}
    welcome = Letter("welcome", member.email, member.language, {}, member_id=member.id)
    admission = ChangeMember(member.id, state=MemberState.ACTIVE, note=str(done))
    return Step(Line(said, "admitted", facts=facts), (admission,), (welcome, *overturned.told(done, past, rules)))


def turned_away(said: str, member: Member, done: Deed) -> Step:
    """Who is turned away hears nothing from the desk: staff may know why, and write themselves."""
    facts: dict[str, object] = {"address": member.email, "name": member.name, "grounds": done.why}
    return Step(Line(said, "turned_away", facts=facts), (ChangeMember(member.id, state=MemberState.LEFT, note=str(done)),))


def _completes(message: Message, known: Member | None) -> bool:
    """An applicant sends what was missing, perhaps in answer to the acknowledgement, without the word again."""
    is_applicant = known is not None and known.state is MemberState.APPLIED
    return is_applicant and not message.intent.commands and application.is_form(message.intent.lines)


def _entered(message: Message, view: View, rules: Rules) -> Decision:
    told = application.read(message.intent.lines, sender_name=message.arrival.sender_name)
    address = view.member.email if view.member else message.arrival.sender
    language = view.member.language if view.member else _language(message, rules)
    name = told.name or (view.member.name if view.member else address)
    roles = (told.known_capacity,) if told.known_capacity else ()
    if view.member is not None:
        roles = tuple(dict.fromkeys((*roles, *view.member.roles)))
        told = _with_what_was_told(told, view.member)
    entered = EnterApplicant(address, name, told.firm, language, roles)
    lines: tuple[Line, ...] = ()
    if not view.is_acknowledged:
        said = next((command.said for command in message.intent.commands if command.verb == "join"), "")
        lines = (Line(said, "applied", facts={"missing": list(told.missing)}),)
    letters = _to_staff(told, name, address, message, view, rules)
    return Decision(Disposition.ANSWERED if lines else Disposition.FOR_STAFF, "asks to join", (entered,), lines, letters)


def _with_what_was_told(told: application.Application, member: Member) -> application.Application:
    """Who asks again need not write everything again."""
    known = {"name": member.name, "firm": member.firm}
    missing = tuple(key for key in told.missing if not known.get(key))
    return application.Application(
        told.name or member.name, told.firm or member.firm, told.capacity, told.languages, told.known_capacity, missing
    )


def _to_staff(told: application.Application, name: str, address: str, message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    """One question to all of staff: whoever answers first has answered it. The same facts are told once a day."""
    asked = Asked(0, Question.ADMIT, "", content_key=address)
    facts_told = "|".join((name, told.firm, told.capacity, told.languages))
    facts: dict[str, object] = {
        "name": name,
        "address": address,
        "firm": told.firm,
        "capacity": told.capacity,
        "languages": told.languages,
        "looks_like": message.looks_like,
        "was": view.member.state.value if view.member else "",
        "arrived_at": message.stamp.arrived_at,
        "text": message.text,
    }
    day = view.now.astimezone(rules.zone).date().isoformat()
    return tuple(
        Letter(
            "application",
            person.address,
            person.language,
            facts,
            once=f"application:{day}:{address}:{facts_told}:{person.address}",
            question=asked,
        )
        for person in rules.staff
    )


def _too_many(view: View, rules: Rules) -> tuple[Letter, ...]:
    day = view.now.astimezone(rules.zone).date().isoformat()
    return notices.to_staff("applications_stopped", {"most": MOST_A_DAY}, rules, once=f"applications:{day}")


def _language(message: Message, rules: Rules) -> str:
    """The one that the applicant wrote in, where the organisation has letters in it."""
    spoken = "ja" if _JAPANESE.search(f"{message.arrival.subject}\n{message.text}") else "en"
    return spoken if spoken in rules.languages else rules.languages[0]
