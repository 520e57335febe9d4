"""O-12: how full the mailbox is, as far as the server tells (RFC 9208); nonsense and a refusal are no reason to stop reading mail."""

from __future__ import annotations

import pytest

from tests.servers.scripted_imap import answers
from tests.shell.imap_meetings import INBOX, lists, meeting

CAPABILITIES = b"IMAP4rev1 MOVE UIDPLUS QUOTA"
ROOT = b'* QUOTAROOT INBOX ""'


@pytest.mark.parametrize(
    ("lines", "percent"),
    [
        ((ROOT, b'* QUOTA "" (STORAGE 95 100)'), 95),
        ((ROOT, b'* QUOTA "" (STORAGE 10 100 MESSAGE 47 50)'), 94),
        ((b'* QUOTAROOT INBOX "a" "b"', b'* QUOTA "a" (STORAGE 1 100)', b'* QUOTA "b" (STORAGE 99 100)'), 99),
        ((b"* QUOTAROOT INBOX",), None),
        ((ROOT, b'* QUOTA "" (STORAGE 5 0)'), None),
        ((ROOT, b'* QUOTA "" (STORAGE x y)'), None),
    ],
)
def test_the_fullest_quota_counts_and_the_mailbox_can_still_be_read(lines: tuple[bytes, ...], percent: int | None) -> None:
    script = (lists(4), answers(b"GETQUOTAROOT", *lines), answers(b"NOOP"), lists(5))
    with meeting(*script, capabilities=CAPABILITIES) as (mailbox, _):
        mailbox.news(INBOX, uidvalidity=None, above=0)
        assert mailbox.fullness(INBOX) == percent
        assert mailbox.news(INBOX, uidvalidity=7, above=4).uids == (5,)


def test_a_server_that_refuses_to_tell_is_left_alone() -> None:
    with meeting(lists(4), answers(b"GETQUOTAROOT", done=b"NO not here"), capabilities=CAPABILITIES) as (mailbox, _):
        mailbox.news(INBOX, uidvalidity=None, above=0)
        assert mailbox.fullness(INBOX) is None


def test_a_server_without_quotas_is_not_asked() -> None:
    with meeting(lists(4)) as (mailbox, _):
        mailbox.news(INBOX, uidvalidity=None, above=0)
        assert mailbox.fullness(INBOX) is None
