"""While a long backlog is read the mailbox is not ours alone, and may go away: what has been read by then is entered, or kept whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.core.mail import Coming, RawMail
from bot.reception import entering, in_order
from bot.shell.mailbox import MailboxAway
from tests.attacks.desk import ALICE, BOB, CHIKA, Desk
from tests.attacks.raw_mail import raw


class Server:
    """Gives each message once; then somebody has taken it away, but where it `keeps` them. Where one `breaks`, the connection is lost."""

    def __init__(self, desk: Desk, *senders: str, breaks: int = -1, keeps: bool = False) -> None:
        mails = [
            RawMail(desk._stamp(None, "INBOX"), raw(f"Subject: {number}", sender=sender, body="HELP"), 100)
            for number, sender in enumerate(senders)
        ]
        self.coming = [Coming(mail.stamp, mail.size) for mail in mails]
        self._keeps = keeps
        self._mails, self._breaks = {mail.stamp.uid: mail for mail in mails}, self.coming[breaks].stamp.uid if breaks >= 0 else 0

    def bring(self, some: Sequence[Coming]) -> list[RawMail]:
        if any(one.stamp.uid == self._breaks for one in some):
            raise MailboxAway("The connection was lost.")
        take = self._mails.get if self._keeps else self._mails.pop
        return [mail for one in some if (mail := take(one.stamp.uid, None)) is not None]


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_order, "TOGETHER", 1)


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Mail of Alice's cannot be digested; gives each try."""
    tried = list[str]()
    apply = entering.applying.apply

    def poisoned(*arguments: Any, **named: Any) -> None:
        tried.append(named["arrival"].sender)
        if tried[-1] == ALICE:
            raise RuntimeError
        apply(*arguments, **named)

    monkeypatch.setattr(entering.applying, "apply", poisoned)
    return tried


def enter(desk: Desk, server: Server) -> int:
    return in_order.enter_in_order(desk.office, server.coming, server.bring, scanned_from=desk.now)


def test_what_cannot_be_digested_is_kept_whole_though_it_has_gone_from_the_mailbox_meanwhile(desk: Desk, tries: list[str]) -> None:
    assert enter(desk, Server(desk, ALICE, BOB)) == 2
    assert tries == [ALICE, BOB, ALICE, ALICE]
    assert sorted(desk.endings()) == [("answered", "help"), ("for_staff", "could not be digested (RuntimeError)")]


def test_so_it_is_where_the_mailbox_goes_away(desk: Desk, tries: list[str]) -> None:
    with pytest.raises(MailboxAway):
        enter(desk, Server(desk, ALICE, BOB, CHIKA, breaks=2))
    assert tries == [ALICE, BOB, ALICE, ALICE]
    assert sorted(desk.endings()) == [("answered", "help"), ("for_staff", "could not be digested (RuntimeError)")]


def test_of_many_that_cannot_be_digested_no_more_are_kept_at_hand_than_there_is_room_for(
    desk: Desk, tries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_order, "BYTES_AT_HAND", 1)
    assert enter(desk, Server(desk, ALICE, BOB)) == 2
    assert tries == [ALICE, ALICE, ALICE, BOB]


def test_what_was_read_before_the_mailbox_went_away_is_entered(desk: Desk) -> None:
    with pytest.raises(MailboxAway):
        enter(desk, Server(desk, ALICE, BOB, CHIKA, breaks=2))
    assert desk.endings() == [("answered", "help")] * 2


def test_how_far_the_reading_is_never_falls_back(desk: Desk, tries: list[str]) -> None:
    steps = list[tuple[int, int]]()
    desk.office.pulse.watch = lambda part, done, total: steps.append((done, total))
    enter(desk, Server(desk, ALICE, BOB, ALICE, CHIKA, keeps=True))
    assert steps == sorted(steps) and steps[-1] == (4, 4)
