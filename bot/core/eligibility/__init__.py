"""Whether a member is whom a case is for, and the words in which people say so.

Given a case and a member, names what does not fit; given a cell or a field as typed, gives the word that is kept. Words come from staff.
A misfit refuses nobody: staff are asked. What a member has not told is no hindrance to a wish; only who may act at all must be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.core.eligibility.kinds import capacities, capacity, gender, in_japanese, kept_capacities, parts, yes_or_no
from bot.core.eligibility.regions import regions
from bot.core.eligibility.tongues import tongues
from bot.core.model import Case, Member

__all__ = ["capacity", "gender", "in_japanese", "kept_capacities", "misfits", "parts", "regions", "tongues", "unmet", "yes_or_no"]


def misfits(case: Case, member: Member) -> tuple[str, ...]:
    """What about the member does not meet the case: of ``capacity``, ``gender``, ``language``, ``region``, in this order.

    One common language is enough, and one common region; a case that can be done remotely has no region.
    """
    terms, profile = case.terms, member.profile
    wrong = {
        "capacity": bool(terms.eligible) and not {capacity(kind) for kind in terms.eligible} & _may_act_as(member),
        "gender": bool(terms.gender and profile.gender) and terms.gender != profile.gender,
        "language": _differ(tongues, case.language, ";".join(profile.languages)),
        "region": not terms.is_remote and _differ(regions, terms.region, profile.region),
    }
    return tuple(word for word, is_wrong in wrong.items() if is_wrong)


def unmet(case: Case, members: Iterable[Member]) -> tuple[str, ...]:
    """In what none of these members meets the case, as `misfits` names it; empty where there are no members."""
    wanting: tuple[str, ...] | None = None
    for member in members:
        wrong = misfits(case, member)
        wanting = wrong if wanting is None else tuple(word for word in wanting if word in wrong)
        if not wanting:
            break
    return wanting or ()


def _may_act_as(member: Member) -> set[str]:
    """The capacities told; where none is, those that the roles name, for a column of that heading is often kept as roles."""
    return {capacity(one) for one in member.profile.capacity} or set(capacities(";".join(member.roles)))


def _differ(read: Callable[[str], frozenset[str]], wanted: str, told: str) -> bool:
    """Whether both texts name something, and nothing in common; most people tell little of themselves."""
    if not wanted or not told:
        return False
    named, own = read(wanted), read(told)
    return bool(named and own) and not named & own
