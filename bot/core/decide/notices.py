"""Notices: what all of staff are told, one letter to each, in the language of each."""

from __future__ import annotations

from bot.core.mail import Letter
from bot.core.rules import Rules


def to_staff(
    kind: str, facts: dict[str, object], rules: Rules, *, case_id: str | None = None, once: str = "", but: str = ""
) -> tuple[Letter, ...]:
    """`once` is what is told no second time to the same person; `but` the address of who knows already."""
    return tuple(
        Letter(kind, person.address, person.language, facts, case_id=case_id, once=f"{once}:{person.address}" if once else None)
        for person in rules.staff
        if person.address != but
    )
