"""A mailbox in which claims wait, and those who work it off: what each of them takes out is put back before the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from imapclient import SEEN, IMAPClient

from bench.correspondence import claims
from bench.counterparts import imap_server
from bench.figures import expect, seconds_of
from bench.ground import Ground
from bench.measures.sending import owed_letters
from bench.organisation import BOT, Organisation
from bot import daemon, reception
from bot.core.mail import Envelope
from tests.servers.dovecot import Account, Dovecot

WHAT = "claims: read, decided, answered, filed"
INBOX, ARCHIVE = "INBOX", "done"
"""Where the claims wait, and where what was read is filed."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How many claims a second, on the whole and in its two halves."""

    whole: float
    entered: float
    settled: float


@dataclass(frozen=True, slots=True)
class Backlog:
    organisation: Organisation
    """After a round, before a mail of this has been read."""
    account: Account
    imap: Dovecot
    count: int
    size: int
    """In bytes."""
    readers: Sequence[str]
    """The addresses that the claims came from."""

    @property
    def kilobytes(self) -> float:
        """Of one claim."""
        return self.size / self.count / 1000

    @contextmanager
    def refilled(self) -> Iterator[IMAPClient]:
        """Logged in; what was taken out is back: all lies unseen in the inbox, which is not open."""
        with IMAPClient(self.imap.host, self.imap.port, ssl=False) as client:
            client.normalise_times = False
            client.login(self.account.username, self.account.password)
            if client.folder_exists(ARCHIVE) and client.select_folder(ARCHIVE)[b"EXISTS"]:
                client.move("1:*", INBOX)
            expect("messages in the mailbox", client.select_folder(INBOX)[b"EXISTS"], self.count)
            client.remove_flags(client.search("ALL"), [SEEN])
            client.unselect_folder()
            yield client

    def work_off(self, noted: list[Rates]) -> float:
        """By us; how many a second."""
        with self.refilled(), self.organisation.office() as office, daemon.open_mailbox(office) as mailbox:
            entered_in = seconds_of(lambda: expect("messages entered", reception.look(office, mailbox), self.count))
            settled_in = seconds_of(lambda: expect("claims decided", reception.settle(office), self.count))
            with office.ledger.reading() as ledger:
                expect("messages answered", ledger.counts.by_disposition(), {"answered": self.count})
                expect("claims left undecided", ledger.undecided.cases(), [])
        noted.append(Rates(self.count / (entered_in + settled_in), self.count / entered_in, self.count / settled_in))
        return noted[-1].whole


@contextmanager
def backlog(ground: Ground, name: str, *, members: int, cases: int) -> Iterator[Backlog]:
    """A round has gone out and every reader has claimed so many cases once, long enough ago that all are ripe."""
    with imap_server() as imap:
        account = imap.account(BOT)
        founded = ground.organisation(members=members).with_mailbox(port=imap.port, password=account.password)
        organisation, letters, known = after_round(founded, members, name)
        since = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1, seconds=members * cases)
        size = 0
        for raw, at in claims(letters, known[:cases], since=since):
            imap.deliver(BOT, raw, at=at)
            size += len(raw)
        yield Backlog(organisation.with_archive(ARCHIVE), account, imap, members * cases, size, [one.recipient for one in letters])


def on_all_cases(ground: Ground, name: str) -> AbstractContextManager[Backlog]:
    """As many claims as are planned; each member claims every case once."""
    cases = ground.plan.cases
    return backlog(ground, name, members=max(1, ground.plan.claims // cases), cases=cases)


def after_round(organisation: Organisation, members: int, name: str) -> tuple[Organisation, list[Envelope], list[str]]:
    """A round has gone out; gives its letters and its cases, too."""
    with organisation.office() as office:
        letters = owed_letters(office, members)
        with office.ledger.writing() as ledger:
            cases = [case.id for case in ledger.cases.open()]
            for letter in letters:
                ledger.outbox.sent([letter.id], office.clock())
        return organisation.as_left_by(office, name), [letter.envelope for letter in letters], cases
