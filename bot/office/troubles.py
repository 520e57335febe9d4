"""What the daemon has met and not yet seen pass: a server away, a log-in refused. Kept in this process; the attendant puts it on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog

from bot.core.health import Trouble
from bot.office import Office
from bot.shell.mailbox import MailboxAway, MailboxRefused
from bot.shell.tokens import Standing

log = structlog.get_logger()


class Troubles:
    """What has gone wrong and not yet passed. One that lasts is one line in the log when it begins and one when it is over, not one a try."""

    def __init__(self, office: Office, *, heed: Callable[[], None] = lambda: None) -> None:
        self._office = office
        self._heed = heed
        self._lasting: dict[str, Trouble] = {}

    @property
    def lasting(self) -> list[Trouble]:
        return list(self._lasting.values())

    def met_mailbox(self, away: MailboxAway) -> None:
        self.met("mailbox", "mailbox_refused" if isinstance(away, MailboxRefused) else "mailbox_away", away.reason)

    def met_relay(self, said: str, *, is_login: bool, is_sender: bool) -> None:
        self.met("relay", "relay_refused" if is_login else "sender_refused" if is_sender else "relay_away", said)

    def met_sign_in(self, standing: Standing) -> None:
        if standing.refused:
            self.met("sign-in", "signin_refused", standing.refused)
        else:
            self.over("sign-in")

    def met(self, what: str, name: str, reason: str) -> None:
        before = self._lasting.get(what)
        if before is None or before.name != name:
            self._lasting[what] = Trouble(name, self._office.clock(), reason)
            log.warning(_EVENTS[name], reason=reason)
            self._heed()

    def over(self, what: str) -> None:
        if self._lasting.pop(what, None):
            log.info(f"the {what} is well again" if what == "sign-in" else f"the {what} answers again")
            self._heed()


_EVENTS: Final = {
    "mailbox_refused": "the mailbox refused us",
    "mailbox_away": "the mailbox is away",
    "relay_refused": "mail cannot be sent",
    "sender_refused": "mail cannot be sent",
    "relay_away": "mail cannot be sent",
    "signin_refused": "the sign-in is not renewed",
    "outbox_barred": "nothing is sent",
    "database_away": "the database cannot be reached",
}
