"""What somebody of staff undoes of a colleague's: the colleague hears, with who, when and why.

Given what is on record and what is about to be, gives the letter to the one whose word it was, or none: to nobody for one's own word, nor
where it was the command line's. Keeps nobody from anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.mail import Letter
from bot.core.model import PLACED, Case, Claim, Noted
from bot.core.reasons import Deed, deed
from bot.core.rules import Rules

UNDOES = {
    "assigned": frozenset({"released", "not_agreed"}),
    "released": frozenset({"assigned", "agreed"}),
    "closed": frozenset({"reopened"}),
    "withdrawn": frozenset({"opened", "reopened", "assigned", "agreed"}),
    "reopened": frozenset({"closed", "withdrawn"}),
    "draft": frozenset({"closed", "withdrawn"}),
    "removed": frozenset({"approved"}),
    "approved": frozenset({"removed", "turned_away"}),
    "turned_away": frozenset({"approved"}),
    "sent_round": frozenset({"held_round"}),
    "held_round": frozenset({"agreed_round"}),
}
"""Which words each takes back. That a case is closed which somebody once opened is its ordinary course, and no such thing."""
_GIFTS = frozenset({"assigned", "agreed"})


def is_gift(claim: Claim) -> bool:
    """Whether somebody has the case, or checks it for conflicts, by a word of staff."""
    given = deed(claim.reason)
    return claim.state in PLACED and given is not None and given.word in _GIFTS


def of_all(done: Deed, having: Iterable[str], past: Sequence[Noted], rules: Rules, *, case: Case) -> tuple[Letter, ...]:
    """One letter to each whose word `done` takes back: about the case as a whole, or about one of those who had it by such a word."""
    letters = (letter for whom in ("", *having) for letter in told(replace(done, whom=whom), past, rules, case=case))
    return tuple({letter.to: letter for letter in letters}.values())


def told(done: Deed, past: Sequence[Noted], rules: Rules, *, case: Case | None = None, month: str = "") -> tuple[Letter, ...]:
    """The letter to whoever had the last word about this, where `done` takes it back."""
    about = UNDOES[done.word] | {done.word}
    words = [(at, earlier) for at, note in past if (earlier := deed(note)) and earlier.word in about and earlier.whom == done.whom]
    if not words:
        return ()
    at, last = words[-1]
    colleague = next((person for person in rules.staff if person.address == last.who), None)
    if colleague is None or last.word == done.word or last.who == done.who:
        return ()
    by = next((person.name for person in rules.staff if person.address == done.who), "")
    facts: dict[str, object] = {
        "case": case,
        "month": month,
        "whom": done.whom,
        "by": by or done.who,
        "address": done.who if by or "@" in done.who else "",
        "before": str(last),
        "before_at": at,
        "after": str(done),
    }
    return (Letter("overturned", colleague.address, colleague.language, facts, case_id=case.id if case else None),)
