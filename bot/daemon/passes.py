"""Everything that is due, once: what cron, commands and the daemon's ticks have in common."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot import health, housekeeping, notices, outbox, reception, restoring, retention, rounds
from bot.office import Office, condition, leading, lockout, sightings, signing_in, standstill
from bot.office.troubles import Troubles
from bot.shell.ledger import TermOver
from bot.shell.mailbox import ImapAccount, Mailbox, MailboxAway, MailboxRefused

LEAST_REST_SECONDS: Final = 0.2


def open_mailbox(office: Office) -> Mailbox:
    """The configured mailbox, not yet connected."""
    imap = office.settings.imap
    password = imap.password.get_secret_value() if imap.password else ""
    token = signing_in.source(office, "imap")
    return Mailbox(ImapAccount(imap.host, imap.port, imap.security, imap.username, password, imap.idle, token), now=office.clock)


@contextlib.contextmanager
def met_mailbox(office: Office) -> Iterator[Mailbox]:
    """The mailbox, open. Raises `MailboxAway`; after a refused log-in for a while without asking again."""
    with office.ledger.reading() as ledger:
        refused = lockout.rests(ledger, "imap", office.clock())
    if refused:
        raise MailboxRefused(refused)
    try:
        with open_mailbox(office) as mailbox:
            yield mailbox
    except MailboxRefused as away:
        with office.ledger.writing() as ledger:
            lockout.note(ledger, "imap", office.clock(), said=away.reason)
        raise


def run_once(office: Office) -> list[str]:
    """Read all waiting mail, decide all that is ripe, send all that is due. Gives what could not be done, in sentences."""
    faults, troubles = list[str](), Troubles(office)
    restoring.begin(office)
    condition.begin(office)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers") as beside:
        answers = list[Future[outbox.Tally]]()

        def answer(entered: int, due: reception.Due) -> None:
            """Whoever has written hears what came of it while their mail is filed: that may take a server's time."""
            if entered + reception.settle(led, due):
                answers.append(beside.submit(send_due, office))

        try:
            with leading.by_hand(office) as led:
                faults += _read_once(led, troubles, before_filing=answer)
                work_off(led)
        except TermOver:
            faults.append("Another firstreply on this database has taken over meanwhile; it does what is left.")
    halted = [tally for tally in (sent.result() for sent in answers) if tally.halt]
    tally = halted[0] if halted else send_due(office)
    if tally.halt:
        faults.append(f"Mail could not be sent: {tally.halt}")
        troubles.met_relay(tally.halt, is_login=tally.is_login, is_sender=tally.is_sender)
    troubles.met_sign_in(signing_in.look_after(office))
    health.Attendant(office, health.alarm(office)).attend(troubles.lasting)
    return faults


def _read_once(office: Office, troubles: Troubles, *, before_filing: Callable[[int, reception.Due], None]) -> list[str]:
    try:
        with met_mailbox(office) as mailbox:
            reception.look_at_archive(office, mailbox)
            reception.look(office, mailbox, before_filing=before_filing)
            clear_out(office, mailbox, after_look(office))
    except MailboxAway as away:
        troubles.met_mailbox(away)
        return [f"The mailbox could not be read: {away.reason}"]
    return []


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done behind a look into the mailbox, and when the next settlement window closes."""

    has_copies: bool
    is_expunge_due: bool
    ripe: datetime | None

    def rest_seconds(self, office: Office) -> float:
        """Until the next look: the polling interval, or less where a settlement window closes before."""
        seconds = float(office.settings.imap.poll_seconds)
        if self.ripe is not None:
            seconds = min(seconds, (self.ripe - office.clock()) / timedelta(seconds=1))
        return max(seconds, LEAST_REST_SECONDS)


def after_look(office: Office) -> Next:
    """Asked of the ledger in one breath, for it is asked behind every look."""
    with office.ledger.reading() as ledger:
        ledger.marks.foresee(standstill.PAUSED, sightings.SEEN, retention.PURGED, retention.EXPUNGED)
        return Next(reception.has_copies(ledger), retention.is_expunge_due(ledger), reception.next_ripe(office, ledger))


def clear_out(office: Office, mailbox: Mailbox, due: Next) -> None:
    """What was erased or is old goes from the mailbox."""
    if due.has_copies:
        reception.expunge(office, mailbox)
    if due.is_expunge_due:
        retention.expunge(office, mailbox)


def work_off(office: Office) -> None:
    """All that is due by now and needs no server. Nothing while all is paused, nor on the way back before the mailbox has been read again."""
    if standstill.is_on(office):
        return
    reception.finish_erasing(office)
    is_going_back = restoring.is_under_way(office)
    if is_going_back and not restoring.has_read(office):
        return
    reception.settle(office)
    reception.renew(office)
    housekeeping.tidy(office)
    reception.ask_again(office)
    reception.settle(office)
    reception.tell_anew(office)
    if is_going_back:
        notices.bring(office)
        restoring.finish(office)
    rounds.preview_due(office)
    rounds.open_due(office)
    notices.bring(office)
    retention.daily(office)


async def _drain_once(office: Office, kind: str = "") -> outbox.Tally:
    using = outbox.senders(office)
    try:
        return await outbox.drain(office, using, kind=kind)
    finally:
        await using.close()


def send_due(office: Office, *, kind: str = "") -> outbox.Tally:
    """Send all that is due, or all of one kind, from a command that has just made letters."""
    return asyncio.run(_drain_once(office, kind))
