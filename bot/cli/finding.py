"""The case or the member that an operator names; where there is none, the nearest that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.cli.desk import Refusal, visible

if TYPE_CHECKING:
    from bot.core.model import Case, Member
    from bot.office import Office


def find_case(office: Office, ledger: Any, text: str, *, by_number: bool = False) -> Case:
    """The case that an operator names, or a refusal that names the nearest one. `by_number`: a bare number means the one case that bears it."""
    from difflib import get_close_matches

    from bot.core.case_ids import bare_number, number_of
    from bot.core.case_ids import case_id as read_id
    from bot.core.words import fold

    said = fold(text).strip()
    wanted = read_id(said, office.settings.organisation.case_prefix)
    case: Case | None = ledger.cases.get(wanted) if wanted else None
    if case is not None:
        return case
    known: list[Case] = ledger.cases.all()
    numbered = [one for one in known if number_of(one.id) == bare_number(said)]
    if by_number and len(numbered) == 1:
        return numbered[0]
    nearest = [one.id for one in numbered] or get_close_matches(wanted or text.upper(), [one.id for one in known], 1)
    hint = f" Did you mean {' or '.join(nearest)}?" if nearest else " See: firstreply case list"
    raise Refusal(f"There is no case {visible(text)}.{hint}")


def find_member(ledger: Any, text: str) -> Member:
    """Whoever has or had the address, or a refusal that names the nearest one."""
    from difflib import get_close_matches

    from bot.core.mail import canonical

    member: Member | None = ledger.roster.by_address(canonical(text))
    if member is not None:
        return member
    nearest = get_close_matches(canonical(text), [known.email for known in ledger.roster.all()], 1, cutoff=0.8)
    hint = f" Did you mean {visible(nearest[0])}?" if nearest else " See: firstreply roster list"
    raise Refusal(f"Nobody with the address {visible(text)} is or was on the roster.{hint}")
