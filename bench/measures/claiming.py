"""A backlog of claims: read from Dovecot, stored whole, decided, answered; beside IMAPClient's bare batch FETCH of the same messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from imapclient import IMAPClient

from bench.correspondence import claims
from bench.counterparts import imap_server
from bench.figures import Figure, Target, expect, interleaved, rates, seconds_of
from bench.ground import Ground
from bench.measures.sending import owed_letters
from bench.organisation import BOT, Organisation
from bot import daemon, reception
from bot.core.mail import Envelope
from tests.servers.dovecot import Account, Dovecot

TARGET = Target(0.10)
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Backlog:
    entered_in: float
    settled_in: float


def measure(ground: Ground) -> list[Figure]:
    """Each member claims every case once."""
    members = max(1, ground.plan.claims // ground.plan.cases)
    count = members * ground.plan.cases
    with imap_server() as imap:
        account = imap.account(BOT)
        founded = ground.organisation(members=members).with_mailbox(port=imap.port, password=account.password)
        organisation, size = _deliver(founded, imap, members)

        def reference() -> float:
            with _logged_in(account, imap) as client:
                return count / seconds_of(lambda: expect("messages fetched", _fetch(client), count))

        turns = interleaved(lambda: _work_off(organisation, count), reference, turns=ground.plan.turns)
    note = f"{count} claims of {size / count / 1000:.1f} kB on {ground.plan.cases} cases"
    return _figures([own for own, _ in turns], [theirs for _, theirs in turns], count=count, note=note)


def _figures(ours: Sequence[_Backlog], references: list[float], *, count: int, note: str) -> list[Figure]:
    """The whole way and its two halves."""
    frame = Figure("", "claims/s", f"IMAPClient, {AT_ONCE} a FETCH", ())
    whole = rates(count, [own.entered_in + own.settled_in for own in ours], references)
    return [
        replace(frame, what="claims: read, decided, answered", pairs=whole, target=TARGET, note=note),
        replace(frame, what="  of it: read and entered", pairs=rates(count, [own.entered_in for own in ours], references)),
        replace(frame, what="  of it: settled and answers written", pairs=rates(count, [own.settled_in for own in ours], references)),
    ]


def _deliver(organisation: Organisation, imap: Dovecot, members: int) -> tuple[Organisation, int]:
    """A round has gone out and every reader has claimed every case, long enough ago that all are ripe; gives the mail's bytes, too."""
    organisation, letters, cases = after_round(organisation, members, "claimed")
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1, seconds=members * len(cases))
    total = 0
    for raw, at in claims(letters, cases, since=since):
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


def _work_off(organisation: Organisation, count: int) -> _Backlog:
    with organisation.office() as office, daemon.open_mailbox(office) as mailbox:
        entered_in = seconds_of(lambda: expect("messages entered", reception.look(office, mailbox), count))
        settled_in = seconds_of(lambda: expect("claims decided", reception.settle(office), count))
        with office.ledger.reading() as ledger:
            expect("messages answered", ledger.arrivals.count_by_disposition(), {"answered": count})
            expect("claims left undecided", ledger.claims.unsettled(), [])
    return _Backlog(entered_in, settled_in)


@contextmanager
def _logged_in(account: Account, imap: Dovecot) -> Iterator[IMAPClient]:
    with IMAPClient(imap.host, imap.port, ssl=False) as client:
        client.normalise_times = False
        client.login(account.username, account.password)
        yield client


def _fetch(client: IMAPClient) -> int:
    """What no reader of this mailbox can do without: the folder opened, the UIDs asked, the bodies sent."""
    client.select_folder("INBOX", readonly=True)
    uids = client.search("ALL")
    fetched = 0
    for start in range(0, len(uids), AT_ONCE):
        fetched += len(client.fetch(uids[start : start + AT_ONCE], ["INTERNALDATE", "BODY.PEEK[]"]))
    return fetched
