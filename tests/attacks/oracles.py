"""What must be true after every attack, whatever else it was about (ATTACKS b.0, O1 to O3 and O6).

Given a desk after the attack; fails with the letter or message that breaks a promise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import getaddresses

from sqlmodel import select

from bot.core.trust import code_in, is_ours
from bot.office import audit
from bot.shell.tables import AddressRow, ArrivalRow
from tests.attacks.desk import CANARIES, Desk
from tests.story.people import Letter

_MAY_READ = {"confirmed", "released", "lapsed"}


def hold(desk: Desk) -> None:
    """O1: no canary but to staff and to whom the case was given. O2: each letter is fit to leave. O3: no message without its one end.

    O6: the decision log verifies: every state on record is the one that its entries lead to.
    """
    staff = {person.address for person in desk.office.rules.staff}
    holders = _holders(desk)
    on_file = staff | _addresses(desk)
    for letter in desk.letters():
        (recipient,) = letter.received.rcpt
        assert recipient in on_file, f"{recipient} is not on file"
        fit_to_leave(letter, recipient, keys=desk.office.keys)
        if recipient not in staff | holders:
            shown = "\n".join([letter.text, letter.html, *(f"{name}: {value}" for name, value in letter.headers.items())])
            assert not [canary for canary in CANARIES if canary in shown], f"a canary in “{letter.subject}” to {recipient}"
    _every_message_has_one_end(desk)
    the_log_fits(desk)


def the_log_fits(desk: Desk) -> None:
    """O6."""
    assert what_does_not_fit(desk) == ""


def what_does_not_fit(desk: Desk) -> str:
    """The first entry of the decision log that does not, in a sentence."""
    with desk.office.ledger.reading() as ledger:
        fault = audit.check(ledger).fault
    return fault.sentence if fault else ""


def fit_to_leave(letter: Letter, recipient: str, *, keys: Sequence[bytes]) -> None:
    """O2 for one letter, to the one address in its envelope."""
    headers = letter.headers
    to = [address for _, address in getaddresses([str(value) for value in headers.get_all("To", [])])]
    assert to == [recipient], f"To is {to}, the envelope says {recipient}"
    assert not {"cc", "bcc", "resent-to"} & {name.lower() for name in headers}
    assert re.match(r"auto-(replied|generated)", str(headers["Auto-Submitted"]))
    code = code_in(str(headers["Message-ID"]))
    assert code and is_ours(code, recipient, keys=keys), "a Message-ID that is not ours"


def _every_message_has_one_end(desk: Desk) -> None:
    with desk.office.ledger.reading() as ledger:
        rows = {row.uid: row for row in ledger.session.exec(select(ArrivalRow)).all()}
        kept = {row.id: ledger.arrivals.raw(row.id or 0) for row in rows.values()}
    assert sorted(rows) == sorted(desk.received)
    for uid, raw in desk.received.items():
        assert rows[uid].reason or rows[uid].disposition == "pending", f"UID {uid} has no reason"
        assert kept[rows[uid].id] == raw, f"UID {uid} was not kept whole"


def _addresses(desk: Desk) -> set[str]:
    with desk.office.ledger.reading() as ledger:
        return set(ledger.session.exec(select(AddressRow.address)).all())


def _holders(desk: Desk) -> set[str]:
    """Everybody who has, or had, a place of a case."""
    with desk.office.ledger.reading() as ledger:
        claims = [claim for case in ledger.cases.all() for claim in ledger.claims.of(case.id)]
        return {ledger.roster.by_id(claim.member_id).email for claim in claims if claim.state.value in _MAY_READ and claim.decided_at}
