"""What must be true of a whole world after any fault (ATTACKS b.0, O1 to O7), as an operator and the counterparts see it.

Given a world after its last run, and what was written to it; fails with the letter, message or claim that breaks a promise. Asks the ledger
by its own pages, Dovecot and the SMTP server by what they hold.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.office import ABOUT_LETTERS, Office, open_office
from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import Posted
from bot.shell.settings import load
from tests.attacks.oracles import fit_to_leave
from tests.servers.smtp_sink import SmtpSink
from tests.soak.figures import Lost, WrongHolder
from tests.story.conversation import World, Written
from tests.story.people import Letter

CANARY = "QZX CANARY NAME"
_HOLDS = {"confirmed", "held"}
_LOST_TWICE = (
    "the server's reply was lost twice; it may have been delivered",
    "The connection was lost after the letter left; nobody knows whether it was taken.",
)
"""Said by who finds such a letter, and by who loses its reply the second time. No server of a soak refuses one for good."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def office_of(world: World) -> Office:
    """The world's own office, opened beside its commands."""
    return open_office(load(world.folder / "firstreply.toml", {"FIRSTREPLY_DATABASE__URL": world.database_url}))


def hold(world: World, written: Iterable[Written], *, standings: Mapping[str, Mapping[str, str]], held: Iterable[str] = ()) -> int:
    """O1 to O3, O6 and G-03, G-04, G-14. Gives how many letters went out twice, of which `Doubt` knows whether they may. `held`: who had a case once."""
    office = office_of(world)
    world.command("verify")
    _who_has_what(office, standings)
    _nothing_leaked(world, office, held=set(held))
    _every_message_is_kept(office, written)
    return every_letter_arrived(world.sink, office)


def is_one_object_a_line(log: str, *, is_whole: bool = True) -> None:
    """O7. The last line of a process that was killed may be cut."""
    lines = log.splitlines()
    for number, line in enumerate(lines if is_whole else lines[:-1]):
        assert not _CONTROL.search(line), f"a control character in the log: {line!r}"
        if not line.startswith("{") or not isinstance(json.loads(line), dict):
            raise AssertionError("no object in the log:\n" + "\n".join(lines[number:]))


def _who_has_what(office: Office, standings: Mapping[str, Mapping[str, str]]) -> None:
    with office.ledger.reading() as ledger:
        for case_id, expected in standings.items():
            claims = sorted(ledger.claims.of(case_id), key=lambda claim: claim.stamp.order)
            found = {ledger.roster.by_id(claim.member_id).email: claim.state.value for claim in claims}
            if found != dict(expected):
                raise WrongHolder(f"{case_id}: {found} instead of {expected}")


def _nothing_leaked(world: World, office: Office, *, held: set[str]) -> None:
    with office.ledger.reading() as ledger:
        cases = ledger.cases.all()
        holders = {ledger.roster.by_id(c.member_id).email for case in cases for c in ledger.claims.of(case.id) if c.state.value in _HOLDS}
        on_file = {member.email for member in ledger.roster.all()}
    staff = {person.address for person in office.rules.staff}
    for received in world.sink.letters:
        letter = Letter(received)
        (recipient,) = received.rcpt
        assert recipient in on_file | staff, f"{recipient} is not on file"
        fit_to_leave(letter, recipient, keys=office.keys)
        assert recipient in holders | held | staff or CANARY not in f"{letter.text}{letter.html}{letter.headers}", (
            f"a canary to {recipient}"
        )


def _every_message_is_kept(office: Office, written: Iterable[Written]) -> None:
    with office.ledger.reading() as ledger:
        entries = ledger.arrivals.all()
        kept = Counter(ledger.arrivals.raw(entry.id) for entry in entries)
    if kept != Counter(mail.raw for mail in written):
        raise Lost("not each message is on record once and whole")
    assert all(entry.reason or entry.disposition == "pending" for entry in entries)


def every_letter_arrived(sink: SmtpSink, office: Office) -> int:
    """Or each of the staff was told of that very letter, and why: nobody can know whether it did, because the reply to it was lost twice."""
    copies: dict[str, list[bytes]] = defaultdict(list)
    for received in sink.letters:
        copies[received.message_id].append(received.raw)
    with office.ledger.reading() as ledger:
        rows = ledger.outbox.all()
        given_up = [row for row in rows if row.state == "failed"]
        untold = [row for row in given_up if row.kind not in ABOUT_LETTERS and not _is_told(ledger, office, row)]
    if untold or not all(row.last_error in _LOST_TWICE for row in given_up):
        raise Lost(f"given up untold, or for no lost reply: {[(row.kind, row.to, row.last_error) for row in untold or given_up]}")
    over = {row.id for row in rows if row.state == "cancelled" and _is_overtaken(row, rows)}
    unsent = [row for row in rows if row.state not in ("sent", "failed") or (row.state == "sent" and row.message_id not in copies)]
    unsent = [row for row in unsent if row.id not in over]
    if unsent:
        raise Lost(f"not each letter has gone: {[(row.kind, row.to, row.state, row.last_error) for row in unsent]}")
    assert copies.keys() <= {row.message_id for row in rows}, "a letter that is on no record"
    assert all(len(set(raws)) == 1 for raws in copies.values()), "the same letter in two versions"
    assert max(map(len, copies.values()), default=0) <= 2, "a letter three times"
    return sum(len(raws) - 1 for raws in copies.values())


def _is_overtaken(letter: Posted, rows: Sequence[Posted]) -> bool:
    """Whether its reader was told something later of the same case."""
    return any(row.id > letter.id and (row.to, row.case_id) == (letter.to, letter.case_id) and row.state == "sent" for row in rows)


def _is_told(ledger: Transaction, office: Office, row: Posted) -> bool:
    return all(ledger.outbox.is_on_record(f"undeliverable:{row.id}:{person.address}") for person in office.rules.staff)
