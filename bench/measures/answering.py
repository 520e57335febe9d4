"""One claim while the daemon waits for mail: from the mail server's notice (IDLE) to the answer at the SMTP server; also while a circulation
goes out, which it has to overtake, and while a roster is brought in. The reference is what is allowed: a wait has no other program to stand beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from statistics import median, quantiles
from time import monotonic

from imapclient import IMAPClient

from bench.backlog import after_round
from bench.correspondence import claims
from bench.counterparts import MOST_SECONDS, TellingSink, imap_server, telling_sink
from bench.figures import Figure, Pair, Target, Wrong, expect
from bench.ground import Ground
from bench.organisation import BOT, Organisation
from bot import rounds
from bot.office import open_office
from bot.shell.settings import load
from tests.servers.dovecot import Account, Dovecot

HALF_MILLISECONDS, NEARLY_ALL_MILLISECONDS = 30, 100
ALLOWED = Target(1.0, is_ceiling=True)
QUIET_SECONDS = 0.7
"""Longer than Dovecot keeps to itself what it has noticed."""
UNDER_WAY = 20
"""So many letters are of a circulation: after a claim fewer are owed to staff."""

FEWEST_MEMBERS = 20
"""Of fewer the claims run out before a roster is imported on a busy machine."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """A daemon at work, somebody else who waits for the same mail, and claims that have not been made yet."""

    imap: Dovecot
    watcher: IMAPClient
    post: TellingSink
    mails: Iterator[bytes]

    def one_claim(self) -> float:
        """How many milliseconds its answer took."""
        raw = next(self.mails)
        while self.watcher.idle_check(timeout=QUIET_SECONDS):
            pass  # what it says of the mail before, which is filed by now, must not be taken for news of this one
        self.imap.deliver(BOT, raw)
        noticed = self._noticed()
        return 1000 * (self.post.answered(str(message_from_bytes(raw)["Message-ID"])) - noticed)

    def _noticed(self) -> float:
        until = monotonic() + MOST_SECONDS
        while monotonic() < until:
            if any(said[1:] == (b"EXISTS",) for said in self.watcher.idle_check(timeout=1)):
                return monotonic()
        raise Wrong("the mail server has told nobody of a mail")


def measure(ground: Ground) -> list[Figure]:
    members = max(ground.plan.letters, FEWEST_MEMBERS)
    with imap_server() as imap, telling_sink() as post:
        account = imap.account(BOT)
        organisation = ground.organisation(members=members).with_mailbox(port=imap.port, password=account.password)
        organisation, letters, cases = after_round(organisation.with_relay(port=post.port).without_settling(), members, "answering")
        *claimed, told = cases
        mails = (raw for raw, _ in claims(letters, claimed, since=datetime.now(UTC)))
        idle, busy, importing = list[list[float]](), list[list[float]](), list[list[float]]()
        with organisation.at_work(), _watching(account, imap) as watcher:
            desk = _Desk(imap, watcher, post, mails)
            desk.one_claim()  # the daemon is there, and has read its templates
            for _ in range(ground.plan.turns):
                idle.append([desk.one_claim() for _ in range(ground.plan.moments)])
                busy.append(_while_circulating(desk, organisation, told, members))
                importing.append(_while_importing(desk, organisation))
    return [
        *_figures("a claim while all is quiet: notice to answer", idle),
        *_figures("a claim while a circulation goes out", busy),
        *(replace(figure, target=None) for figure in _figures("a claim while the roster is imported", importing)),
    ]


@contextmanager
def _watching(account: Account, imap: Dovecot) -> Iterator[IMAPClient]:
    with IMAPClient(imap.host, imap.port, ssl=False) as client:
        client.login(account.username, account.password)
        client.select_folder("INBOX", readonly=True)
        client.idle()
        try:
            yield client
        finally:
            client.idle_done()  # a server that waits for it answers no log-out


def _while_circulating(desk: _Desk, organisation: Organisation, case_id: str, members: int) -> list[float]:
    """Claims one after the other while its letters leave; one at least."""
    before, taken = len(desk.post.letters), list[float]()
    office = open_office(load(organisation.configuration, organisation.environment))
    rounds.bulletin_now(office, case_id, by="bench")
    office.ledger.close()
    desk.post.wait_for_more_than(before + min(UNDER_WAY, members // 2))
    while not taken or len(desk.post.letters) < before + members:
        took = desk.one_claim()
        if not taken or len(desk.post.letters) < before + members:
            taken.append(took)
    return taken


def _while_importing(desk: _Desk, organisation: Organisation) -> list[float]:
    """Claims one after the other while the whole roster is brought in once more; one at least."""
    taken = list[float]()
    with organisation.importing("roster") as process:
        while not taken or process.poll() is None:
            taken.append(desk.one_claim())
    expect("the import's exit status", process.returncode, 0)
    return taken


def _figures(what: str, turns: list[list[float]]) -> list[Figure]:
    allowed = {"half of them": HALF_MILLISECONDS, "99 of 100": NEARLY_ALL_MILLISECONDS}
    taken = {"half of them": [median(turn) for turn in turns], "99 of 100": [_nearly_all([took for turn in turns for took in turn])]}
    note = f"{sum(map(len, turns))} claims"
    first, second = (
        Figure(what, "ms", f"allowed for {part}", tuple(Pair(took, most) for took in taken[part]), ALLOWED, note)
        for part, most in allowed.items()
    )
    return [first, replace(second, what=f"  {what}", note="")]


def _nearly_all(taken: list[float]) -> float:
    return quantiles(taken, n=100, method="inclusive")[-1] if len(taken) > 1 else taken[0]
