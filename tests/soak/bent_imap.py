"""C-29: a mail server that cuts the line, refuses, leaves out, mixes up and murmurs, in an order of the seed's choice; then it comes to its senses.

Whatever it did, in the end every message has its one row with its own bytes, or, where it was refused three times, was set aside for a person.
What the server had left out is found by the nightly count.
"""

from __future__ import annotations

import contextlib
import random
from dataclasses import dataclass, field
from pathlib import Path

from bot import reception
from bot.shell.mailbox import Mailbox, MailboxAway
from tests.attacks.desk import Desk
from tests.servers.scripted_imap import ScriptedImap, Talk, login_at
from tests.soak.figures import Figures, Lost

MAD_LOOKS, SANE_LOOKS = 6, 3
_NOISE = (b"* OK [ALERT] \x07 hello", b"* 3 FETCH (FLAGS (\\Seen))", b"* FLAGS (\\Answered)", b"* OK still here")
_DATE = b'INTERNALDATE "20-Nov-2026 11:%02d:00 +0900"'


@dataclass(slots=True)
class Server:
    """An honest mailbox behind a server in moods."""

    chance: random.Random
    mails: dict[int, bytes]
    is_mad: bool = True
    faults: list[str] = field(default_factory=list)

    def leads(self, talk: Talk) -> None:
        talk.line.settimeout(2)
        talk.say(b"* OK at your service")
        while b"LOGOUT" not in (command := talk.command()):
            if self._does("line cut", 0.07):
                return
            lines, done = self._answer(command)
            if self._does("noise", 0.2):
                lines.insert(self.chance.randrange(len(lines) + 1), self.chance.choice(_NOISE))
            if self._does("refused", 0.05) and not command.split()[1].upper().startswith((b"CAPA", b"LOGIN")):
                lines, done = [], b"NO [SERVERBUG] not today"
            talk.say(*lines, command.split()[0] + b" " + done)
        talk.say(b"* BYE", command.split()[0] + b" OK bye")

    def _answer(self, command: bytes) -> tuple[list[bytes], bytes]:
        words = command.upper()
        if b"CAPABILITY" in words:
            return [b"* CAPABILITY IMAP4rev1"], b"OK done"
        if b"SELECT" in words:
            return [b"* %d EXISTS" % len(self.mails), b"* OK [UIDVALIDITY 7] valid"], b"OK [READ-WRITE] open"
        if b"SEARCH" in words:
            above = int(words.rsplit(b"UID ", 1)[-1].split(b":")[0])
            return [b"* SEARCH" + b"".join(b" %d" % uid for uid in self._some([uid for uid in self.mails if uid >= above]))], b"OK done"
        if b"UID FETCH" in words:
            return [self._fetched(uid, words) for uid in self._some(_uids(command.split()[3], self.mails))], b"OK done"
        return [], b"OK done"

    def _fetched(self, uid: int, asked: bytes) -> bytes:
        raw, seq = self.mails[uid], sorted(self.mails).index(uid) + 1
        date = b" %s RFC822.SIZE %d" % (_DATE % (uid % 60), len(raw)) if b"INTERNALDATE" in asked else b""
        content = b" BODY[] {%d}\r\n%s" % (len(raw), raw) if b"BODY.PEEK" in asked else b""
        return b"* %d FETCH (UID %d%s%s)" % (seq, uid, date, content)

    def _some(self, uids: list[int]) -> list[int]:
        told = [uid for uid in uids if not self._does("left out", 0.06)]
        if self._does("mixed up", 0.2):
            self.chance.shuffle(told)
        return told

    def _does(self, fault: str, share: float) -> bool:
        if not self.is_mad or self.chance.random() >= share:
            return False
        self.faults.append(fault)
        return True


def play(seed: int, folder: Path, figures: Figures) -> None:
    chance = random.Random(seed)
    uids = sorted(chance.sample(range(1, 60), 15))
    server = Server(chance, {uid: _mail(uid) for uid in uids})
    desk = Desk.open(folder, junk_folder='junk_folder = ""')
    with ScriptedImap(server.leads) as door:
        for _ in range(MAD_LOOKS):
            _look(desk, door)
        server.is_mad = False
        desk.passes(days=1)
        for _ in range(SANE_LOOKS):
            _look(desk, door)
    with desk.office.ledger.reading() as ledger:
        entries = ledger.arrivals.all()
        kept = {entry.stamp.uid: ledger.arrivals.raw(entry.id) for entry in entries}
    if sorted(entry.stamp.uid for entry in entries) != uids:
        raise Lost("not each message has its one row")
    wrong = [uid for uid, raw in kept.items() if raw not in (server.mails[uid], b"")]
    assert not wrong, f"other bytes than the server holds: {wrong}"
    set_aside = [entry for entry in entries if not kept[entry.stamp.uid]]
    assert all(entry.disposition == "for_staff" for entry in set_aside), "a message without bytes that no person was told of"
    figures.messages, figures.letters = len(uids), len(desk.letters())
    figures.faults.update(server.faults)


def _look(desk: Desk, door: ScriptedImap) -> None:
    with (
        contextlib.suppress(MailboxAway),
        Mailbox(login_at(door, idle=False), now=desk.clock, connect_seconds=2, read_seconds=2) as mailbox,
    ):
        reception.look(desk.office, mailbox)
    desk.passes(minutes=1)


def _uids(told: bytes, mails: dict[int, bytes]) -> list[int]:
    """A sequence set, such as 3:5,7."""
    ends = [[int(end) for end in part.split(b":")] for part in told.split(b",")]
    return [uid for uid in mails if any(pair[0] <= uid <= pair[-1] for pair in ends)]


def _mail(uid: int) -> bytes:
    return b"From: alice@lawfirm.example\r\nMessage-ID: <%d@lawfirm.example>\r\nSubject: LIST\r\n\r\nLIST %d\r\n" % (uid, uid)
