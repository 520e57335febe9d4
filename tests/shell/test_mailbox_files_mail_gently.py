"""Filing without MOVE, and filing that is refused: no mail that is not ours goes, and none of ours is lost (C-27)."""

from __future__ import annotations

import pytest

from bot.shell.mailbox import FilingRefused
from tests.servers.scripted_imap import Script, answers
from tests.shell.imap_meetings import INBOX, meeting

UNDELETED = answers(b"UID SEARCH UID 1:2 UNDELETED", b"* SEARCH 1 2")
ARCHIVE_EXISTS = answers(b"LIST", b'* LIST () "/" "Archive"')


def test_without_move_only_our_own_mail_is_expunged() -> None:
    steps = [b'UID COPY 1:2 "Archive"', b"UID STORE 1:2 +FLAGS.SILENT (\\Deleted)", b"UID EXPUNGE 1:2"]
    with meeting(UNDELETED, *map(answers, steps), capabilities=b"IMAP4rev1 UIDPLUS") as (mailbox, server):
        mailbox.file(INBOX, [1, 2], into="Archive")
    assert server.received.count(b"EXPUNGE") == 1


def test_without_uidplus_nothing_is_expunged() -> None:
    with meeting(UNDELETED, answers(b"COPY"), answers(b"STORE"), capabilities=b"IMAP4rev1") as (mailbox, server):
        mailbox.file(INBOX, [1, 2], into="Archive")
    assert b"EXPUNGE" not in server.received


def test_mail_that_was_copied_before_is_not_copied_again() -> None:
    with meeting(answers(b"UNDELETED", b"* SEARCH"), capabilities=b"IMAP4rev1") as (mailbox, server):
        mailbox.file(INBOX, [1, 2], into="Archive")
    assert b"COPY" not in server.received


NO = b"NO over quota"


@pytest.mark.parametrize("refused", [[answers(b"COPY", done=NO)], [answers(b"COPY"), answers(b"STORE", done=NO)]])
def test_a_step_that_is_refused_is_the_last(refused: list[Script]) -> None:
    with (
        meeting(UNDELETED, *refused, ARCHIVE_EXISTS, capabilities=b"IMAP4rev1 UIDPLUS") as (mailbox, server),
        pytest.raises(FilingRefused, match="over quota"),
    ):
        mailbox.file(INBOX, [1, 2], into="Archive")
    assert b"EXPUNGE" not in server.received


def test_a_refused_move_is_told_with_the_server_s_words() -> None:
    with meeting(answers(b"MOVE", done=b"NO [OVERQUOTA] full\x1b[2J"), ARCHIVE_EXISTS) as (mailbox, _):
        with pytest.raises(FilingRefused, match=r"full \[2J$"):
            mailbox.file(INBOX, [1], into="Archive")
        assert mailbox.wait(INBOX, seconds=0.1)


def test_a_missing_folder_is_made_and_shown() -> None:
    no_folder = answers(b"MOVE", done=b"NO [TRYCREATE] no such folder")
    parts = [no_folder, answers(b"LIST"), answers(b"CREATE"), answers(b"SUBSCRIBE", done=b"NO not here"), answers(b"MOVE")]
    with meeting(*parts) as (mailbox, server):
        mailbox.file(INBOX, [1], into="Archive")
    assert server.received.count(b"MOVE") == 2


def test_a_thousand_uids_go_into_one_command() -> None:
    with meeting(answers(b"UID MOVE 1:1000 "), answers(b"UID MOVE 1001:1500 ")) as (mailbox, _):
        mailbox.file(INBOX, range(1, 1501), into="Archive")
