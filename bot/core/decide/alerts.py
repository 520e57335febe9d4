"""What staff are told at once because somebody may be playing false: one letter kind, a reason each, at most one a day about one thing.

Given the reason and what it is about; gives the letters. Nothing of a stranger's mail stands in them but the address it came from.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.decide import notices
from bot.core.decide.message import Message
from bot.core.mail import Letter
from bot.core.model import View
from bot.core.rules import Rules
from bot.core.trust import odd_letters


def alert(reason: str, facts: dict[str, object], rules: Rules, *, about: str, now: datetime, but: str = "") -> tuple[Letter, ...]:
    """To each staff member except `but`. `about` and the local day make it one letter, however many mails give cause."""
    day = now.astimezone(rules.zone).date().isoformat()
    return notices.to_staff("alert", {"reason": reason, **facts}, rules, once=f"alert:{reason}:{about}:{day}", but=but)


def looks_alike(message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    """A stranger's address that can be mistaken for one on file."""
    if not message.looks_like:
        return ()
    sender = message.arrival.sender
    facts: dict[str, object] = {"sender": sender, "address": message.looks_like, "letters": list(odd_letters(sender))}
    return alert("lookalike", facts, rules, about=sender, now=view.now)


def forged(message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    """Our own mail server says that this is not from who it claims to be."""
    return alert("forged", {"address": message.arrival.sender}, rules, about=message.arrival.sender, now=view.now)


def unproven_emergency(message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    """Somebody asks for an emergency in a colleague's name; the colleague is asked, and the others know of it meanwhile."""
    if view.staff is None or message.intent.intake != "emergency":
        return ()
    address = view.staff.address
    return alert("unproven_emergency", {"address": address}, rules, about=address, now=view.now, but=address)
