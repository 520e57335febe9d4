"""A delivery report (RFC 3464): which letter of ours came back, and what follows.

Only a report that carries the signed Message-ID of a letter of ours is believed; anyone can write the rest of it.
"""

from __future__ import annotations

from bot.core.decide import notices
from bot.core.decide.message import Message
from bot.core.mail import Letter
from bot.core.model import Change, ChangeMember, Decision, Disposition, MarkBounced, MemberState, Returned, View
from bot.core.rules import Rules

CIRCULATIONS = frozenset({"round", "bulletin"})
"""Letters whose failure is counted, not told one by one: a full mailbox must not bury staff under a round."""


def report(message: Message, view: View, rules: Rules) -> Decision | None:
    """Note what came back; tell staff of a letter that mattered; suspend an address that fails again and again."""
    found = message.arrival.report
    if found is None:
        return None
    returned = view.returned
    if returned is None:
        return Decision(Disposition.IGNORED, "delivery report without a signature of ours")
    error = f"{found.status} {found.action}".strip()
    if not found.is_permanent:
        return Decision(Disposition.IGNORED, f"delivery report: {error}")
    changes: list[Change] = [MarkBounced(returned.letter_id, error)]
    letters = () if returned.kind in CIRCULATIONS else _undeliverable(returned, error, rules)
    is_main = returned.member is not None and returned.member.email == returned.to
    if returned.member and is_main and returned.earlier + 1 >= rules.bounces_to_suspend and returned.member.state is MemberState.ACTIVE:
        changes.append(ChangeMember(returned.member.id, state=MemberState.SUSPENDED))
        letters += _suspended(returned, rules)
    return Decision(Disposition.IGNORED, f"delivery report: {error}", tuple(changes), letters=letters)


def _undeliverable(returned: Returned, error: str, rules: Rules) -> tuple[Letter, ...]:
    facts: dict[str, object] = {
        "kind": returned.kind,
        "to": returned.to,
        "error": error,
        "cases": returned.told,
        "confirmed": returned.confirmed,
    }
    return tuple(
        Letter(
            "undeliverable",
            person.address,
            person.language,
            facts,
            case_id=returned.case_id,
            once=f"undeliverable:{returned.letter_id}:{person.address}",
        )
        for person in rules.staff
        if person.address != returned.to
    )


def _suspended(returned: Returned, rules: Rules) -> tuple[Letter, ...]:
    facts: dict[str, object] = {"member": returned.member, "times": returned.earlier + 1}
    return notices.to_staff("suspended_notice", facts, rules)
