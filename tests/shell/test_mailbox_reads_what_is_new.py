"""The mailbox over a real Dovecot: what is new, in which bytes, since when, and that looking leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.core.mail import RawMail
from bot.shell.mailbox import FilingRefused, Folder, FolderRefused, ImapAccount, Mailbox, MailboxRefused, Unreadable
from bot.shell.mailbox.fetching import HEAD_BYTES
from tests.servers.dovecot import Dovecot

BOT = "cases@bot.ngo.example"
INBOX = Folder("INBOX")


def claim(number: int) -> bytes:
    return b"From: alice@lawfirm.example\r\nSubject: CLAIM JAR-2026-%03d\r\n\r\nRegards, \xe6\xbc\x8f\r\n" % number


def account(dovecot: Dovecot, *, password: str | None = None, idle: bool = True) -> ImapAccount:
    known = dovecot.account(BOT)
    return ImapAccount(dovecot.host, dovecot.port, "none", known.username, password or known.password, idle=idle)


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Iterator[Mailbox]:
    with Mailbox(account(dovecot), read_seconds=5) as opened:
        yield opened


def read(mailbox: Mailbox, *uids: int, folder: Folder = INBOX, whole_up_to: int = 1_000_000) -> list[RawMail | Unreadable]:
    news = mailbox.news(folder, uidvalidity=None, above=0)
    return list(mailbox.fetch(news, uids or news.uids, whole_up_to=whole_up_to))


def test_an_empty_folder_has_no_news(mailbox: Mailbox) -> None:
    assert mailbox.news(INBOX, uidvalidity=None, above=0).uids == ()


def test_only_uids_above_the_one_known_are_new(dovecot: Dovecot, mailbox: Mailbox) -> None:
    for number in range(3):
        dovecot.deliver(BOT, claim(number))
    first = mailbox.news(INBOX, uidvalidity=None, above=0)
    assert first.uids == (1, 2, 3)
    assert mailbox.news(INBOX, uidvalidity=first.uidvalidity, above=2).uids == (3,)
    assert mailbox.news(INBOX, uidvalidity=first.uidvalidity, above=3).uids == ()


def test_under_another_uidvalidity_all_mail_is_new(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1))
    assert mailbox.news(INBOX, uidvalidity=1, above=4_000).uids == (1,)


def test_mail_comes_as_the_bytes_that_were_delivered(dovecot: Dovecot, mailbox: Mailbox) -> None:
    raws = [claim(number) for number in range(450)]
    for raw in raws:
        dovecot.deliver(BOT, raw)
    mails = read(mailbox)
    assert [mail.raw for mail in mails if isinstance(mail, RawMail)] == raws
    assert all(mail.is_whole and mail.size == len(mail.raw) for mail in mails if isinstance(mail, RawMail))


@pytest.mark.parametrize("size", [1_000, HEAD_BYTES - 1, HEAD_BYTES, 2 * HEAD_BYTES])
def test_mail_that_comes_alone_is_there_to_its_last_byte(dovecot: Dovecot, mailbox: Mailbox, size: int) -> None:
    raw = claim(1) + b"x" * (size - len(claim(1)) - 2) + b"\r\n"
    dovecot.deliver(BOT, raw)
    (mail,) = read(mailbox)
    assert isinstance(mail, RawMail)
    assert (mail.raw == raw, mail.is_whole, mail.size) == (True, True, size)


def test_mail_comes_in_the_order_asked_for(dovecot: Dovecot, mailbox: Mailbox) -> None:
    for number in range(3):
        dovecot.deliver(BOT, claim(number))
    assert [mail.stamp.uid for mail in read(mailbox, 3, 1, 2) if isinstance(mail, RawMail)] == [3, 1, 2]


@pytest.mark.parametrize("hours", [9, -3.5, 0])
def test_F_19_arrival_is_internaldate_in_utc(dovecot: Dovecot, mailbox: Mailbox, hours: float) -> None:
    """Offsets are applied as written, not as today's."""
    at = datetime(2026, 7, 2, 1, 30, tzinfo=timezone(timedelta(hours=hours)))
    dovecot.deliver(BOT, claim(1), at=at)
    (mail,) = read(mailbox)
    assert isinstance(mail, RawMail)
    assert mail.stamp.arrived_at == at
    assert mail.stamp.arrived_at.tzinfo is UTC


def test_a_date_before_there_was_mail_counts_as_first_seen_now(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1), at=datetime(1975, 1, 1, tzinfo=UTC))
    (mail,) = read(mailbox)
    assert isinstance(mail, RawMail)
    assert abs(mail.stamp.arrived_at - datetime.now(UTC)) < timedelta(seconds=10)


def test_reading_sets_no_flag(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1))
    read(mailbox)
    assert dovecot.messages(BOT)[0].flags == frozenset()


def test_C_28_mail_that_somebody_has_read_is_new_all_the_same(dovecot: Dovecot, mailbox: Mailbox) -> None:
    """C-28."""
    dovecot.deliver(BOT, claim(1))
    door = dovecot._door(BOT)
    door.select_folder("INBOX")
    door.add_flags([1], [rb"\Seen", rb"\Flagged"])
    assert len(read(mailbox)) == 1


def test_of_a_large_mail_only_the_head_comes(dovecot: Dovecot, mailbox: Mailbox) -> None:
    large = claim(1) + b"x" * 70 * 10_000 + b"\r\n"
    dovecot.deliver(BOT, large)
    dovecot.deliver(BOT, claim(2))
    head, small = read(mailbox, whole_up_to=600_000)
    assert isinstance(head, RawMail) and isinstance(small, RawMail)
    assert (head.is_whole, head.size, small.is_whole) == (False, len(large), True)
    assert large.startswith(head.raw) and len(head.raw) == 256 * 1024


def test_a_vanished_mail_is_unreadable_and_stops_no_other(dovecot: Dovecot, mailbox: Mailbox) -> None:
    """C-14, C-28."""
    for number in range(3):
        dovecot.deliver(BOT, claim(number))
    news = mailbox.news(INBOX, uidvalidity=None, above=0)
    dovecot.move(BOT, 2, from_folder="INBOX", to_folder="Elsewhere")
    one, two, three = mailbox.fetch(news, news.uids)
    assert isinstance(one, RawMail) and isinstance(three, RawMail)
    assert two == Unreadable(2, "the server sent nothing for it")


def test_junk_carries_its_rank(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1), folder="Junk")
    (mail,) = read(mailbox, folder=Folder("Junk", rank=1))
    assert isinstance(mail, RawMail)
    assert (mail.stamp.folder, mail.stamp.folder_rank) == ("Junk", 1)


def test_a_missing_folder_is_refused_and_others_can_be_read(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1))
    with pytest.raises(FolderRefused, match="Nowhere"):
        mailbox.news(Folder("Nowhere"), uidvalidity=None, above=0)
    assert mailbox.news(INBOX, uidvalidity=None, above=0).uids == (1,)


def test_a_folder_made_anew_is_not_read_under_old_uids(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1), folder="Junk")
    junk = Folder("Junk", rank=1)
    news = mailbox.news(junk, uidvalidity=None, above=0)
    mailbox.news(INBOX, uidvalidity=None, above=0)
    dovecot.remove_folder(BOT, "Junk")
    dovecot.deliver(BOT, claim(2), folder="Junk")
    with pytest.raises(FolderRefused, match="anew"):
        list(mailbox.fetch(news, news.uids))
    assert mailbox.news(junk, uidvalidity=news.uidvalidity, above=1).uids == (1,)


def test_filed_mail_lies_in_the_archive(dovecot: Dovecot, mailbox: Mailbox) -> None:
    for number in range(3):
        dovecot.deliver(BOT, claim(number))
    news = mailbox.news(INBOX, uidvalidity=None, above=0)
    mailbox.file(news, [1, 3], into="処理済み")
    assert [mail.uid for mail in dovecot.messages(BOT)] == [2]
    assert [mail.raw for mail in dovecot.messages(BOT, "処理済み")] == [claim(0), claim(2)]


def test_filing_twice_harms_nothing(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1))
    news = mailbox.news(INBOX, uidvalidity=None, above=0)
    mailbox.file(news, [1], into="Archive")
    mailbox.file(news, [1], into="Archive")
    assert len(dovecot.messages(BOT, "Archive")) == 1


def test_mail_may_be_filed_while_it_is_being_read(dovecot: Dovecot, mailbox: Mailbox) -> None:
    for number in range(250):
        dovecot.deliver(BOT, claim(number))
    news = mailbox.news(INBOX, uidvalidity=None, above=0)
    for mail in mailbox.fetch(news, news.uids):
        assert isinstance(mail, RawMail)
        if mail.stamp.uid % 100 == 0:
            mailbox.news(Folder("Archive"), uidvalidity=None, above=0) if mail.stamp.uid > 100 else None
            mailbox.file(news, [mail.stamp.uid], into="Archive")
    assert len(dovecot.messages(BOT, "Archive")) == 2


def test_C_27_filing_that_is_refused_leaves_the_mail(dovecot: Dovecot, mailbox: Mailbox) -> None:
    """C-27."""
    dovecot.deliver(BOT, claim(1))
    news = mailbox.news(INBOX, uidvalidity=None, above=0)
    with pytest.raises(FilingRefused):
        mailbox.file(news, [1], into="x" * 600)
    assert len(dovecot.messages(BOT)) == 1
    assert mailbox.news(INBOX, uidvalidity=news.uidvalidity, above=1).uids == ()


def test_a_wrong_password_is_refused_and_not_repeated_in_the_reason(dovecot: Dovecot) -> None:
    with pytest.raises(MailboxRefused) as refusal:
        Mailbox(account(dovecot, password="wrong-horse")).open()
    assert "wrong-horse" not in str(refusal.value)


def test_every_folder_that_is_not_there_is_named_beside_those_near_it(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, claim(1), folder="Junk-Mail")
    fault, none, other = mailbox.faults([Folder("Junk Mail"), INBOX, Folder("Nowhere")])
    assert none == "" and '"Junk Mail"' in fault and "Junk-Mail" in fault and '"Nowhere"' in other


def test_the_newest_heads_come_without_their_bodies_and_leave_no_trace(dovecot: Dovecot, mailbox: Mailbox) -> None:
    for number in range(5):
        dovecot.deliver(BOT, claim(number))
    heads = mailbox.newest_heads(INBOX, most=3)
    assert [head.split(b"\r\n")[1][-3:] for head in heads] == [b"004", b"003", b"002"]
    assert b"Regards" not in b"".join(heads)
    assert not any("\\Seen" in stored.flags for stored in dovecot.messages(BOT))
    assert mailbox.newest_heads(INBOX, most=30)[-1].split(b"\r\n")[1][-3:] == b"000"
