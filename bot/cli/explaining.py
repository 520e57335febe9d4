"""`firstreply explain`: how a case was given, and how a member stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli import member
from bot.cli.completion import case_ids_and_addresses
from bot.cli.desk import JSON, local, open_desk, show_json, show_table, visible
from bot.cli.finding import find_case
from bot.cli.screen import say
from bot.core.tongue import ENGLISH

if TYPE_CHECKING:
    from bot.core.model import Case, Claim
    from bot.office import Office


def register(app: typer.Typer) -> None:
    app.command("explain")(explain)


def explain(case_id: str = typer.Argument(..., metavar="ID", autocompletion=case_ids_and_addresses), as_json: bool = JSON) -> None:
    """Who claimed a case, when it arrived, in which order, what was decided and why. With an address: how that member stands.

    Example: firstreply explain JAR-2026-014
    """
    if "@" in case_id:
        member.explain(case_id, as_json=as_json)
        return
    from bot.core.claims import ends_at, in_order, ranks
    from bot.core.reasons import sentence
    from bot.shell.ledger import moment

    with open_desk() as office, office.ledger.reading() as ledger:
        case = find_case(office, ledger, case_id, by_number=True)
        claims = ledger.claims.of(case.id)
        members = {claim.member_id: ledger.roster.by_id(claim.member_id) for claim in claims}
        history = ledger.marks.notes(f"case {case.id}")
        decisions = ledger.decisions.last_about(case.id)
    order = ranks(claims)
    if as_json:
        entries = [
            {
                "member": members[claim.member_id].email,
                "arrived_at": claim.stamp.arrived_at.isoformat(),
                "uid": claim.stamp.uid,
                "folder": claim.stamp.folder,
                "rank": order[claim.id],
                "state": claim.state.value,
                "kept_until": moment(ends_at(claim, case)),
                "reason": sentence(claim.reason, ENGLISH),
                "decision": decisions.get(claim.id),
            }
            for claim in in_order(claims)
        ]
        show_json(
            {
                "case": case.id,
                "places": case.places,
                "claims": entries,
                "history": [[at.isoformat(), sentence(note, ENGLISH)] for at, note in history],
            }
        )
        return
    say(visible(f"{case.id}  {case.title}"))
    say(f"{case.state}, {case.free_places} of {case.places} places free. {_how(case)}")
    print()
    rows = [
        (
            order[claim.id],
            members[claim.member_id].email,
            claim.stamp.arrived_at.strftime("%Y-%m-%d %H:%M:%S"),
            claim.stamp.uid,
            claim.standing,
            _why(office, claim, case),
            decisions.get(claim.id, ""),
        )
        for claim in in_order(claims)
    ]
    show_table(("Rank", "Member", "Arrived (UTC)", "UID", "State", "Why", "Entry"), rows, empty="Nobody has claimed it yet.")
    for at, note in history:
        say(visible(f"{local(office, at)}  {sentence(note, ENGLISH)}"))


def _why(office: Office, claim: Claim, case: Case) -> str:
    """The reason; of a place that is kept for an answer until when, too."""
    from bot.core.claims import ends_at
    from bot.core.reasons import sentence

    why, until = sentence(claim.reason, ENGLISH), ends_at(claim, case)
    return why if until is None else f"{why}; kept until {local(office, until)} {until.astimezone(office.rules.zone):%Z}"


def _how(case: Case) -> str:
    if case.event is None:
        return "First come, first served, by arrival at the mailbox."
    return "Decided when it closes: partner firms, then members, then applicants, each by arrival at the mailbox."
