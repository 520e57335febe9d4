"""What the shell offers behind Tab: ids of cases, addresses on the roster, months of rounds.

Given what was typed so far, gives what is on record and begins so. Reads only, makes no database, and where nothing can be read offers
nothing: a shell is no place for an explanation.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.cli import desk

if TYPE_CHECKING:
    from bot.shell.ledger import Transaction


def case_ids(incomplete: str) -> list[tuple[str, str]]:
    return _offered(incomplete, lambda ledger: [(case.id, desk.visible(case.title)) for case in ledger.cases.all()])


def case_ids_and_addresses(incomplete: str) -> list[tuple[str, str]]:
    """Addresses only once something is typed: a roster is long."""
    return [*case_ids(incomplete), *(addresses(incomplete) if incomplete else [])]


def addresses(incomplete: str) -> list[tuple[str, str]]:
    return _offered(incomplete, lambda ledger: [(member.email, desk.visible(member.name)) for member in ledger.roster.all()])


def _offered(incomplete: str, those: Callable[[Transaction], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    from bot.office import open_office
    from bot.shell.ledger import LedgerAway

    # The shell hands over the line as it stands; --config may be in it.
    desk.take_config(
        os.environ.get("COMP_WORDS", "").replace("\n", " ").split()[1:] or os.environ.get("_TYPER_COMPLETE_ARGS", "").split()[1:]
    )
    try:
        office = open_office(desk.read_settings())
        if office.ledger.path is not None and not office.ledger.path.exists():
            return []
        with office.ledger.reading() as ledger:
            found = those(ledger)
    except (desk.Refusal, LedgerAway, OSError):
        return []
    return [one for one in found if one[0].lower().startswith(incomplete.lower())]
