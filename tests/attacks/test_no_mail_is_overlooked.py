"""Between the mailbox and the ledger no message gets lost: not to people in webmail, nor to servers that refuse, renumber or forget (ATTACKS C).

A real Dovecot and a scripted server, looked at by the product's own reception; the desk's clock is the bot's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import notices, reception
from bot.core.model import Disposition
from bot.notices.accounts import balance
from bot.office import audit
from bot.reception import reading
from bot.shell.mailbox import ImapAccount, Mailbox
from tests.attacks.desk import ALICE, BOB, BOT, CHIKA, SUZUKI, Desk
from tests.servers.dovecot import Dovecot
from tests.servers.scripted_imap import ScriptedImap, Talk, login_at
from tests.story.people import Post

ARCHIVE = {"junk_folder": 'junk_folder = "Junk"\narchive_folder = "Read"'}


class Watch:
    """A desk that reads its mail from a real mailbox."""

    def __init__(self, desk: Desk, imap: Dovecot) -> None:
        self.desk, self.imap = desk, imap
        known = imap.account(BOT)
        self.mailbox = Mailbox(ImapAccount(imap.host, imap.port, "none", known.username, known.password), now=desk.clock, read_seconds=5)
        imap.deliver(BOT, b"Subject: the first\r\n\r\n", folder="Junk", at=desk.now)

    def gets(self, sender: str, text: str, *, folder: str = "INBOX") -> int:
        raw = Post(sender, self.desk.names.get(sender, ""), BOT, text, self.desk.now).raw()
        return self.imap.deliver(BOT, raw, at=self.desk.now, folder=folder)

    def looks(self) -> int:
        return reception.look(self.desk.office, self.mailbox)

    def settles(self) -> None:
        self.desk.passes(seconds=121)
        self.looks()
        reception.settle(self.desk.office)

    def uids(self, folder: str = "INBOX") -> list[int]:
        with self.desk.office.ledger.reading() as ledger:
            return sorted(entry.stamp.uid for entry in ledger.arrivals.all() if entry.stamp.folder == folder)

    def told(self) -> str:
        """The balance of the day as a staff member reads it."""
        notices.bring(self.desk.office)
        return [letter for letter in self.desk.letters_to(SUZUKI) if letter.subject.startswith("Today")][-1].text


@pytest.fixture
def watch(tmp_path: Path, dovecot: Dovecot) -> Iterator[Watch]:
    opened = Watch(Desk.open(tmp_path, daily='daily = "0 8 * * *"', **ARCHIVE), dovecot)
    with opened.mailbox:
        opened.looks()
        notices.bring(opened.desk.office)
        yield opened


def test_C_28_mail_that_people_read_star_and_move_is_not_lost_and_what_vanished_is_told(watch: Watch) -> None:
    case_id = watch.desk.case()
    read, starred, moved, deleted, last = (watch.gets(who, f"CLAIM {case_id}") for who in (ALICE, BOB, CHIKA, ALICE, BOB))
    door = watch.imap._door(BOT)
    door.select_folder("INBOX")
    door.add_flags([read], [rb"\Seen"])
    door.add_flags([starred], [rb"\Flagged"])
    door.unselect_folder()
    watch.imap.move(BOT, moved, from_folder="INBOX", to_folder="Interesting")
    watch.imap.move(BOT, deleted, from_folder="INBOX", to_folder="Trash")
    watch.settles()
    assert watch.desk.standing(case_id)[ALICE] == "confirmed"
    assert watch.uids() == [read, starred, last]
    watch.desk.passes(days=1)
    watch.looks()
    told = " ".join(watch.told().split())
    assert f"Gone from INBOX before it could be read here: number {moved}:{deleted}." in told
    watch.desk.passes(days=1)
    watch.gets(ALICE, "LIST")
    watch.looks()
    assert "Gone from INBOX" not in watch.told()


def test_C_27_mail_that_cannot_be_filed_is_not_read_again_and_filed_when_it_can_be(watch: Watch) -> None:
    watch.desk.office.settings.imap.__dict__["archive_folder"] = "x" * 600
    watch.gets(ALICE, "LIST")
    assert [watch.looks() for _ in range(3)] == [1, 0, 0]
    assert len(watch.desk.letters_to(ALICE)) == 1 and len(watch.imap.messages(BOT)) == 1
    watch.desk.office.settings.imap.__dict__["archive_folder"] = "Read"
    assert watch.looks() == 0
    assert len(watch.imap.messages(BOT)) == 0 and len(watch.imap.messages(BOT, "Read")) == 2


def test_C_27_mail_that_people_put_back_is_known_by_its_content(watch: Watch) -> None:
    watch.gets(ALICE, "LIST")
    watch.looks()
    watch.imap.move(BOT, watch.imap.messages(BOT, "Read")[-1].uid, from_folder="Read", to_folder="INBOX")
    assert watch.looks() == 1
    assert watch.desk.endings()[-1][0] == "ignored" and len(watch.desk.letters_to(ALICE)) == 1


def test_G_01_G_07_a_mail_that_claimed_nothing_and_is_taken_off_the_record_is_missed(watch: Watch) -> None:
    """Every night they are counted, and the count is an entry of the decision log. What came later is in the count of the next night."""
    for _ in range(3):
        watch.gets(ALICE, "LIST")
        watch.looks()
    watch.desk.passes(days=1)
    watch.looks()
    watch.gets(BOB, "LIST")
    watch.looks()
    assert verified(watch) == ""
    with watch.desk.office.ledger.engine.begin() as connection:
        connection.execute(text("UPDATE letter SET arrival_id = NULL"))
        for table, column in (("answer_line", "arrival_id"), ("raw_mail", "arrival_id"), ("arrival", "id")):
            connection.execute(text(f"DELETE FROM {table} WHERE {column} = 2"))
    assert "counted 4 messages that had come in, and the table of arrivals has 3 of them" in verified(watch)


def test_O_12_a_server_that_does_not_tell_how_full_it_is_is_asked_every_five_minutes_only(watch: Watch) -> None:
    def asked() -> list[datetime]:
        with watch.desk.office.ledger.reading() as ledger:
            return [at for at in [ledger.marks.at(reading.ROOM_ASKED)] if at]

    first = asked()
    for minutes, is_again in ((1, False), (3, False), (1, True)):
        watch.desk.passes(minutes=minutes)
        watch.looks()
        assert (asked() != first) == is_again


def verified(watch: Watch) -> str:
    """What does not fit the decision log; "" where all does."""
    with watch.desk.office.ledger.reading() as ledger:
        found = audit.check(ledger).fault
    return found.sentence if found else ""


def forget(watch: Watch, uid: int) -> None:
    """As if a server had left this message out of its answer while it told of later ones."""
    with watch.desk.office.ledger.deciding() as ledger:
        folder = ledger.folders.known(["INBOX"])["INBOX"]
        last_uid = max(folder.last_uid, uid)
        ledger.folders.looked("INBOX", uidvalidity=folder.uidvalidity, last_uid=last_uid, scanned_from=watch.desk.now)


def test_G_01_a_mail_that_the_server_did_not_tell_of_is_read_at_night_and_keeps_its_place(watch: Watch) -> None:
    watch.desk.office.settings.imap.__dict__["archive_folder"] = ""
    case_id = watch.desk.case()
    first = watch.gets(ALICE, f"CLAIM {case_id}")
    forget(watch, first)
    watch.desk.passes(minutes=5)
    watch.gets(BOB, f"CLAIM {case_id}")
    watch.settles()
    assert watch.desk.standing(case_id) == {BOB: "confirmed"}
    watch.desk.passes(hours=24)
    assert watch.looks() == 1
    reception.settle(watch.desk.office)
    assert watch.desk.standing(case_id) == {ALICE: "waitlisted", BOB: "confirmed"}
    assert "Found in INBOX at night and read now" in " ".join(watch.told().split())
    assert any(letter.subject.startswith("Found late") or "late" in letter.subject.lower() for letter in watch.desk.letters_to(SUZUKI))
    watch.desk.passes(hours=24)
    assert watch.looks() == 0 and watch.uids() == [1, 2]


def test_G_01_the_nightly_count_comes_once_a_night_and_finds_nothing_where_nothing_is(watch: Watch) -> None:
    for _ in range(3):
        watch.gets(ALICE, "LIST")
    watch.looks()
    with watch.desk.office.ledger.reading() as ledger:
        counted = ledger.marks.at("reconciled")
    for hours in (20, 1, 1, 24):
        watch.desk.passes(hours=hours)
        assert watch.looks() == 0
    with watch.desk.office.ledger.reading() as ledger:
        assert counted and ledger.marks.at("reconciled") == counted + timedelta(hours=46)
        assert balance(watch.desk.office, ledger, since=counted, above=0).overlooked == ()


def stubborn(*, refused: int) -> ScriptedImap:
    """A mailbox of three whose message `refused` never comes, however it is asked for."""

    def script(talk: Talk) -> None:
        talk.greet(capabilities=b"IMAP4rev1")
        while b"LOGOUT" not in (command := talk.command()):
            tag, words = command.split()[0], command.upper()
            asked = [uid for uid in (104, 105, 106) if b"%d" % uid in command or b"104:106" in command or b"*" in command]
            done = b"OK done"
            if b"CAPABILITY" in words:
                talk.say(b"* CAPABILITY IMAP4rev1")
            elif b"SELECT" in words:
                talk.say(b"* 3 EXISTS", b"* OK [UIDVALIDITY 7] valid")
            elif b"SEARCH" in words:
                above = int(words.split(b"UID ")[-1].split(b":")[0])
                talk.say(b"* SEARCH" + b"".join(b" %d" % uid for uid in (104, 105, 106) if uid >= above))
            elif b"INTERNALDATE" in words:
                date = b'INTERNALDATE "20-Nov-2026 12:00:00 +0900"'
                talk.say(*(b"* %d FETCH (UID %d %s RFC822.SIZE %d)" % (uid - 103, uid, date, len(_mail(uid))) for uid in asked))
            elif b"BODY.PEEK" in words:
                found = [uid for uid in asked if uid != refused]
                talk.say(*(b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)" % (uid - 103, uid, len(_mail(uid)), _mail(uid)) for uid in found))
                done = b"NO [SERVERBUG] cannot read it" if refused in asked else done
            talk.say(tag + b" " + done)
        talk.say(b"* BYE", command.split()[0] + b" OK bye")

    return ScriptedImap(script)


def _mail(uid: int) -> bytes:
    return b"From: alice@lawfirm.example\r\nMessage-ID: <%d@lawfirm.example>\r\nSubject: LIST\r\n\r\nLIST\r\n" % uid


def test_C_14_a_message_that_never_comes_is_set_aside_after_three_looks_and_stops_no_other(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, junk_folder='junk_folder = ""')
    with stubborn(refused=105) as server:
        for count in range(1, 5):
            with Mailbox(login_at(server, idle=False), now=desk.clock, read_seconds=2) as mailbox:
                reception.look(desk.office, mailbox)
            with desk.office.ledger.reading() as ledger:
                entries = {entry.stamp.uid: entry for entry in ledger.arrivals.all()}
            assert sorted(entries) == ([104, 106] if count < 3 else [104, 105, 106])
            desk.passes(minutes=1)
    assert entries[105].disposition is Disposition.FOR_STAFF and "cannot read it" in entries[105].reason
    assert len(desk.letters_to(SUZUKI)) == 1
