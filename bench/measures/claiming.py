"""A backlog of claims: read from Dovecot, stored whole, decided, answered; beside IMAPClient's bare batch FETCH of the same messages, and
beside the straightforward bot, which takes them one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count as numbers

from imapclient import SEEN, IMAPClient

from bench import one_by_one
from bench.correspondence import claims
from bench.counterparts import imap_server
from bench.figures import Figure, Pair, Target, expect, in_turn, pairs, seconds_of
from bench.ground import Ground
from bench.measures.sending import owed_letters
from bench.organisation import BOT, Organisation
from bot import daemon, reception
from bot.core.mail import Envelope
from tests.servers.dovecot import Account, Dovecot

BESIDE_IMAPCLIENT = Target(0.10)
BESIDE_ONE_BY_ONE = Target(20)
ON_ONE_CASE = Target(1.0, is_ceiling=True)
AT_ONCE = 200
SETTLED_A_SECOND = 10_000
"""So many claims on one case are to be settled in a second."""


@dataclass(frozen=True, slots=True)
class _Rates:
    """How many claims a second, on the whole and in its two halves."""

    whole: float
    entered: float
    settled: float


def measure(ground: Ground) -> list[Figure]:
    """Each member claims every case once."""
    members = max(1, ground.plan.claims // ground.plan.cases)
    count, own = members * ground.plan.cases, list[_Rates]()
    with imap_server() as imap:
        account = imap.account(BOT)
        founded = ground.organisation(members=members).with_mailbox(port=imap.port, password=account.password)
        organisation, size = _deliver(founded, imap, members, "claimed", cases=ground.plan.cases)
        taken = in_turn(
            {
                "ours": lambda: _work_off(organisation, count, own),
                "IMAPClient": lambda: _fetch_all(account, imap, count),
                "one by one": lambda: _one_by_one(ground, account, imap, count),
            },
            turns=ground.plan.turns,
        )
    note = f"{count} claims of {size / count / 1000:.1f} kB on {ground.plan.cases} cases"
    frame = Figure("claims: read, decided, answered", "claims/s", f"IMAPClient, {AT_ONCE} a FETCH", ())
    halves = {"read and entered": [one.entered for one in own], "settled and answers written": [one.settled for one in own]}
    return [
        replace(frame, pairs=pairs(taken["ours"], taken["IMAPClient"]), target=BESIDE_IMAPCLIENT, note=note),
        replace(frame, reference="one by one", pairs=pairs(taken["ours"], taken["one by one"]), target=BESIDE_ONE_BY_ONE),
        *(replace(frame, what=f"  of it: {half}", pairs=pairs(rates, taken["IMAPClient"])) for half, rates in halves.items()),
    ]


def measure_on_one_case(ground: Ground) -> list[Figure]:
    """Everybody asks for the same case; all of that is entered, and it is settled again in each turn."""
    count = ground.plan.claimants
    with imap_server() as imap:
        account = imap.account(BOT)
        founded = ground.organisation(members=count).with_mailbox(port=imap.port, password=account.password)
        organisation, _ = _deliver(founded, imap, count, "one claimed", cases=1)
        with organisation.office() as office, daemon.open_mailbox(office) as mailbox:
            expect("messages entered", reception.look(office, mailbox), count)
            organisation = organisation.as_left_by(office, "entered")
    taken = [_settle(organisation, count) for _ in range(ground.plan.turns)]
    reference = f"allowed, a second for {SETTLED_A_SECOND:,}"
    allowed = tuple(Pair(1000 * seconds, 1000 * count / SETTLED_A_SECOND) for seconds in taken)
    return [Figure("claims on one case: settled", "ms", reference, allowed, ON_ONE_CASE, f"{count} claims")]


def _deliver(organisation: Organisation, imap: Dovecot, members: int, name: str, *, cases: int) -> tuple[Organisation, int]:
    """A round has gone out and every reader has claimed so many cases, long enough ago that all are ripe; gives the mail's bytes, too."""
    organisation, letters, known = after_round(organisation, members, name)
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1, seconds=members * cases)
    total = 0
    for raw, at in claims(letters, known[:cases], since=since):
        imap.deliver(BOT, raw, at=at)
        total += len(raw)
    return organisation, total


def after_round(organisation: Organisation, members: int, name: str) -> tuple[Organisation, list[Envelope], list[str]]:
    """A round has gone out; gives its letters and its cases, too."""
    with organisation.office() as office:
        letters = owed_letters(office, members)
        with office.ledger.writing() as ledger:
            cases = [case.id for case in ledger.cases.open()]
            for letter in letters:
                ledger.outbox.sent([letter.id], office.clock())
        return organisation.as_left_by(office, name), [letter.envelope for letter in letters], cases


def _work_off(organisation: Organisation, count: int, noted: list[_Rates]) -> float:
    with organisation.office() as office, daemon.open_mailbox(office) as mailbox:
        entered_in = seconds_of(lambda: expect("messages entered", reception.look(office, mailbox), count))
        settled_in = seconds_of(lambda: expect("claims decided", reception.settle(office), count))
        with office.ledger.reading() as ledger:
            expect("messages answered", ledger.arrivals.count_by_disposition(), {"answered": count})
            expect("claims left undecided", ledger.undecided.cases(), [])
    noted.append(_Rates(count / (entered_in + settled_in), count / entered_in, count / settled_in))
    return noted[-1].whole


def _settle(organisation: Organisation, count: int) -> float:
    with organisation.office() as office:
        return seconds_of(lambda: expect("claims decided", reception.settle(office), count))


def _fetch_all(account: Account, imap: Dovecot, count: int) -> float:
    """What no reader of this mailbox can do without: the folder opened, the UIDs asked, the bodies sent."""
    with _logged_in(account, imap) as client:
        return count / seconds_of(lambda: expect("messages fetched", _fetch(client), count))


def _fetch(client: IMAPClient) -> int:
    client.select_folder("INBOX", readonly=True)
    uids: Sequence[int] = client.search("ALL")
    fetched = 0
    for start in range(0, len(uids), AT_ONCE):
        fetched += len(client.fetch(uids[start : start + AT_ONCE], ["INTERNALDATE", "BODY.PEEK[]"]))
    return fetched


_books = numbers(1)


def _one_by_one(ground: Ground, account: Account, imap: Dovecot, count: int) -> float:
    with _logged_in(account, imap) as client:
        client.select_folder("INBOX")
        client.remove_flags(client.search("ALL"), [SEEN])
        file = ground.folder / f"one by one {next(_books)}.db"
        return count / seconds_of(lambda: expect("claims answered one by one", one_by_one.work_off(client, file), count))


@contextmanager
def _logged_in(account: Account, imap: Dovecot) -> Iterator[IMAPClient]:
    with IMAPClient(imap.host, imap.port, ssl=False) as client:
        client.normalise_times = False
        client.login(account.username, account.password)
        yield client
