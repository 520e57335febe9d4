"""Gmail and Microsoft 365 keep mail in ways of their own: each claim is entered once, in its order, and filed (ATTACKS C)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot import reception
from bot.shell.mailbox import Folder, Mailbox, MailboxAway
from tests.attacks.desk import ALICE, BOB, BOT, CHIKA, MALLORY, Desk
from tests.servers.provider_imap import Gmail, Microsoft365, Provider
from tests.servers.scripted_imap import ScriptedImap, login_at
from tests.story.people import Post

SPAM, ALL_MAIL, DONE = "[Gmail]/Spam", "[Gmail]/All Mail", "Done"


class Watch:
    """A desk that reads its mail at a provider's."""

    def __init__(self, desk: Desk, provider: Provider, server: ScriptedImap) -> None:
        self.desk, self.provider, self.server = desk, provider, server
        self.case = desk.case()

    def gets(self, sender: str, text: str = "", *, folder: str = "INBOX") -> int:
        """One second after the mail before."""
        self.desk.passes(seconds=1)
        raw = Post(sender, self.desk.names.get(sender, ""), BOT, text or f"CLAIM {self.case}", self.desk.now).raw()
        return self.provider.gets(raw, self.desk.now, folder=folder)

    @contextmanager
    def connected(self, *, by_token: bool = False) -> Iterator[Mailbox]:
        account = login_at(self.server)
        if by_token:
            account = replace(account, oauth_token=lambda refused: self.provider.token)
        with Mailbox(account, now=self.desk.clock, read_seconds=5) as mailbox:
            yield mailbox

    def looks(self, mailbox: Mailbox) -> int:
        return reception.look(self.desk.office, mailbox)

    def settles(self, mailbox: Mailbox) -> dict[str, str]:
        self.desk.passes(seconds=121)
        self.looks(mailbox)
        reception.settle(self.desk.office)
        return self.desk.standing(self.case)


@pytest.fixture
def gmail(tmp_path: Path) -> Iterator[Watch]:
    provider = Gmail({"INBOX": {}, SPAM: {}, ALL_MAIL: {}})
    with ScriptedImap(provider.leads) as server:
        yield Watch(Desk.open(tmp_path, junk_folder=f'junk_folder = "{SPAM}"\narchive_folder = "{DONE}"'), provider, server)


@pytest.fixture
def microsoft(tmp_path: Path) -> Iterator[Watch]:
    provider = Microsoft365()
    with ScriptedImap(provider.leads) as server:
        yield Watch(Desk.open(tmp_path, junk_folder=f'junk_folder = ""\narchive_folder = "{DONE}"'), provider, server)


def test_on_gmail_a_claim_that_keeps_a_copy_in_all_mail_is_entered_once_and_one_in_spam_keeps_its_place(gmail: Watch) -> None:
    gmail.gets(ALICE, folder=SPAM)
    gmail.gets(BOB)
    with gmail.connected() as mailbox:
        assert gmail.settles(mailbox) == {ALICE: "confirmed", BOB: "waitlisted"}
        assert gmail.looks(mailbox) == 0
    assert [len(gmail.provider.raws(name)) for name in ("INBOX", SPAM, DONE, ALL_MAIL)] == [0, 0, 2, 2]
    assert len(gmail.desk.endings()) == 2


def test_on_gmail_mail_that_goes_while_others_are_read_takes_no_other_with_it(gmail: Watch) -> None:
    gmail.provider.archived_meanwhile = [gmail.gets(MALLORY, "Good day")]
    for who in (ALICE, BOB, CHIKA):
        gmail.gets(who)
    with gmail.connected() as mailbox:
        assert gmail.settles(mailbox) == {ALICE: "confirmed", BOB: "waitlisted", CHIKA: "waitlisted"}
    assert len(gmail.provider.raws(DONE)) == 3 and not gmail.provider.raws("INBOX")


def test_on_gmail_a_claim_whose_inbox_label_is_put_back_is_known(gmail: Watch) -> None:
    gmail.gets(ALICE)
    with gmail.connected() as mailbox:
        gmail.looks(mailbox)
        gmail.provider.gets(gmail.provider.raws(DONE)[0], gmail.desk.now)
        assert gmail.looks(mailbox) == 1
        assert gmail.settles(mailbox) == {ALICE: "confirmed"}
    assert gmail.desk.endings()[-1][0] == "ignored"


THROTTLED = b"Request is throttled. Suggested Backoff Time: 299961 milliseconds"
OVER = b"NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)"


@pytest.mark.parametrize("refusal", [b"NO " + THROTTLED, b"BAD " + THROTTLED, OVER])
def test_a_throttled_read_is_no_lost_message(microsoft: Watch, refusal: bytes) -> None:
    """Three refusals of one message set it aside; "come back later" is none, however often it is said."""
    microsoft.gets(ALICE)
    microsoft.gets(BOB)
    microsoft.provider.throttling = refusal
    for _ in range(5):
        with microsoft.connected() as mailbox, pytest.raises(MailboxAway, match="refuses: FETCH: "):
            microsoft.looks(mailbox)
        microsoft.desk.passes(minutes=1)
    assert microsoft.server.received.count(b"UID FETCH") == 5, "a server that is too busy is asked once a visit"
    microsoft.provider.throttling = b""
    with microsoft.connected() as mailbox:
        assert microsoft.settles(mailbox) == {ALICE: "confirmed", BOB: "waitlisted"}
    assert (len(microsoft.provider.raws(DONE)), len(microsoft.provider.raws("INBOX"))) == (2, 0)


def test_on_microsoft_365_mail_that_idle_did_not_tell_of_is_found_all_the_same(microsoft: Watch) -> None:
    with microsoft.connected() as mailbox:
        microsoft.looks(mailbox)
        microsoft.gets(ALICE)
        assert not mailbox.wait(Folder("INBOX"), seconds=0.2)
        assert microsoft.looks(mailbox) == 1


def test_on_microsoft_365_the_end_of_a_connection_s_time_loses_nothing(microsoft: Watch) -> None:
    microsoft.provider.goodbyes = 1
    with microsoft.connected() as mailbox:
        microsoft.looks(mailbox)
        microsoft.gets(ALICE)
        with pytest.raises(MailboxAway):
            mailbox.wait(Folder("INBOX"), seconds=5)
        mailbox.open()
        assert microsoft.settles(mailbox) == {ALICE: "confirmed"}


@pytest.mark.parametrize(
    "said", [b"NO AccessTokenExpired", b"BAD User is authenticated but not connected.", b"NO [EXPIRED] your time is over"]
)
def test_a_token_that_ends_while_the_connection_lasts_is_no_lost_message_and_a_new_log_in_takes_the_next(
    microsoft: Watch, said: bytes
) -> None:
    microsoft.provider.token, microsoft.provider.expired = "first", said
    microsoft.gets(ALICE)
    with pytest.raises(MailboxAway), microsoft.connected(by_token=True) as mailbox:
        assert microsoft.looks(mailbox) == 1
        microsoft.gets(BOB)
        microsoft.provider.token = "second"
        microsoft.looks(mailbox)
    with microsoft.connected(by_token=True) as mailbox:
        assert microsoft.looks(mailbox) == 1
        assert microsoft.settles(mailbox) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_a_token_that_ends_during_idle_leads_to_a_new_log_in(microsoft: Watch) -> None:
    microsoft.provider.token = "first"
    microsoft.provider.goodbyes, microsoft.provider.farewell = 1, b"Session invalidated - AccessTokenExpired"
    with pytest.raises(MailboxAway), microsoft.connected(by_token=True) as mailbox:
        microsoft.looks(mailbox)
        mailbox.wait(Folder("INBOX"), seconds=5)
    microsoft.provider.token = "second"
    microsoft.gets(ALICE)
    with microsoft.connected(by_token=True) as mailbox:
        assert microsoft.settles(mailbox) == {ALICE: "confirmed"}
