"""`firstreply explain ADDRESS`: how a member stands, what they hold or wait for, and what staff have done about them."""

from __future__ import annotations

from bot.cli.desk import local, open_desk, show_json, show_table, visible
from bot.cli.finding import find_member


def explain(address: str, *, as_json: bool) -> None:
    from bot.core.reasons import sentence
    from bot.core.tongue import ENGLISH

    with open_desk() as office, office.ledger.reading() as ledger:
        member = find_member(ledger, address)
        claims = ledger.claims.of_member(member.id)
        history = [(at, sentence(note, ENGLISH)) for at, note in ledger.marks.notes(f"member {member.id}")]
    if as_json:
        show_json(
            {
                "member": member.email,
                "name": member.name,
                "state": member.state.value,
                "claims": [{"case": claim.case_id, "state": claim.standing} for claim in claims],
                "history": [[at.isoformat(), what] for at, what in history],
            }
        )
        return
    print(visible(f"{member.email}  {member.name}\n"))
    print(f"{member.state.value}\n")
    rows = [(claim.case_id, claim.standing) for claim in claims]
    show_table(("Case", "State"), rows, empty="Holds no case and waits for none.")
    for at, what in history:
        print(visible(f"{local(office, at)}  {what}"))
