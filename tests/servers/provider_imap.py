"""The habits of two large providers, played on a scripted server: Gmail's labels and Microsoft 365's throttling.

Given mail, gives folders that `ScriptedImap(provider.leads)` shows over IMAP. It does what those services are known to do where others do not,
and no more of IMAP than the product speaks.
"""

from __future__ import annotations

import base64
import itertools
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tests.servers.scripted_imap import Talk

Answer = tuple[list[bytes], bytes]
_ABOVE = re.compile(r"UID (\d+):\*")


@dataclass(frozen=True, slots=True)
class Held:
    raw: bytes
    at: datetime


@dataclass(slots=True)
class Provider:
    """Folders by name, each a message by UID; every folder counts for itself and has a UIDVALIDITY of its own."""

    capabilities = b"IMAP4rev1"
    folders: dict[str, dict[int, Held]] = field(default_factory=lambda: {"INBOX": {}})
    archived_meanwhile: list[int] = field(default_factory=list)
    """UIDs of the inbox that a colleague archives while the next answer is on its way."""
    throttling: bytes = b""
    """The words that every FETCH is refused with."""
    goodbyes: int = 0
    """In how many IDLEs the connection ends, its time being over."""
    farewell: bytes = b"Connection is closed. 13"
    token: str = ""
    """The one that lets in; whoever came with another is told so at the next command, as `expired` has it."""
    expired: bytes = b"NO AccessTokenExpired"
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def gets(self, raw: bytes, at: datetime, *, folder: str = "INBOX") -> int:
        uid = next(self._numbers)
        self.folders.setdefault(folder, {})[uid] = Held(raw, at)
        return uid

    def raws(self, folder: str) -> list[bytes]:
        return [held.raw for held in self.folders.get(folder, {}).values()]

    def leads(self, talk: Talk) -> None:
        talk.say(b"* OK at your service")
        selected, used = "INBOX", ""
        while True:
            tag, verb, *rest = shlex.split(talk.command().decode("ascii"))
            if verb == "AUTHENTICATE":
                talk.say(b"+ ")
                used = base64.b64decode(talk.command()).decode().split("\1")[1].removeprefix("auth=Bearer ")
            elif self.token and used != self.token and verb not in ("CAPABILITY", "LOGOUT"):
                talk.say(tag.encode() + b" " + self.expired)
                continue
            if verb == "SELECT":
                selected = rest[0]
            if verb == "IDLE":
                talk.say(b"+ idling")
                if self.goodbyes:
                    self.goodbyes -= 1
                    return talk.say(b"* BYE " + self.farewell)
                talk.hear_done()
            lines, done = self._answer(verb, rest, selected)
            talk.say(*lines, tag.encode() + b" " + done)
            if verb == "LOGOUT":
                return None

    def _answer(self, verb: str, rest: list[str], folder: str) -> Answer:
        match verb, *rest:
            case "CAPABILITY", *_:
                return [b"* CAPABILITY " + self.capabilities], b"OK done"
            case "SELECT", name if name in self.folders:
                validity = b"* OK [UIDVALIDITY %d] valid" % (list(self.folders).index(name) + 600)
                return [b"* %d EXISTS" % len(self.folders[name]), validity], b"OK [READ-WRITE] open"
            case "SELECT", _:
                return [], b"NO [NONEXISTENT] Unknown Mailbox"
            case "NOOP", *_:
                return [b"* %d EXISTS" % len(self.folders[folder])], b"OK done"
            case "CREATE", name:
                self.folders[name] = {}
                return [], b"OK Success"
            case "LIST", _, name:
                return [b'* LIST () "/" "%s"' % name.encode()] if name in self.folders else [], b"OK Success"
            case "UID", "SEARCH", *criteria:
                above = _ABOVE.search(" ".join(criteria))
                uids = [uid for uid in self.folders[folder] if above is None or uid >= int(above[1])]
                return [b"* SEARCH" + b"".join(b" %d" % uid for uid in uids)], b"OK done"
            case "UID", "FETCH", uids, *items:
                if self.throttling:
                    return [], self.throttling
                return [*self._expunged(folder), *self._fetched(folder, uids, " ".join(items))], b"OK done"
            case "UID", "MOVE", _, name if name not in self.folders:
                return [], b"NO [TRYCREATE] no such folder"
            case "UID", "MOVE", uids, name:
                return self._moved(folder, _those(uids, self.folders[folder]), name)
        return [], b"OK done"

    def _expunged(self, folder: str) -> list[bytes]:
        """Not asked for, and every sequence number behind it is another one now."""
        lines = []
        for uid in self.archived_meanwhile if folder == "INBOX" else []:
            lines.append(b"* %d EXPUNGE" % (list(self.folders[folder]).index(uid) + 1))
            del self.folders[folder][uid]
        self.archived_meanwhile = [] if lines else self.archived_meanwhile
        return lines

    def _fetched(self, folder: str, uids: str, asked: str) -> list[bytes]:
        lines, order = [], list(self.folders[folder])
        for uid in _those(uids, self.folders[folder]):
            held, number, told = self.folders[folder][uid], order.index(uid) + 1, [b"UID %d" % uid]
            if "INTERNALDATE" in asked:
                told.append(held.at.strftime('INTERNALDATE "%d-%b-%Y %H:%M:%S +0000"').encode() + b" RFC822.SIZE %d" % len(held.raw))
            if "BODY.PEEK[]" in asked:
                told.append(b"BODY[]%s {%d}\r\n%s" % (b"<0>" if "]<0." in asked else b"", len(held.raw), held.raw))
            lines.append(b"* %d FETCH (%s)" % (number, b" ".join(told)))
        return lines

    def _moved(self, folder: str, uids: list[int], into: str) -> Answer:
        lines = []
        for uid in uids:
            lines.append(b"* %d EXPUNGE" % (list(self.folders[folder]).index(uid) + 1))
            self.gets((held := self.folders[folder].pop(uid)).raw, held.at, folder=into)
        return lines, b"OK done"


class Gmail(Provider):
    """A folder is a label: what has one lies in All Mail, too, and stays there wherever it is moved."""

    capabilities = b"IMAP4rev1 UNSELECT IDLE NAMESPACE ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH SPECIAL-USE"

    def gets(self, raw: bytes, at: datetime, *, folder: str = "INBOX") -> int:
        if folder != "[Gmail]/Spam" and raw not in self.raws("[Gmail]/All Mail"):
            Provider.gets(self, raw, at, folder="[Gmail]/All Mail")
        return Provider.gets(self, raw, at, folder=folder)


class Microsoft365(Provider):
    """No word of new mail during IDLE, and none of where a moved message went."""

    capabilities = b"IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+"


def _those(told: str, held: dict[int, Held]) -> list[int]:
    """A sequence set, such as 3:5,7."""
    ends = [[int(end) for end in part.split(":")] for part in told.split(",")]
    return [uid for uid in held if any(pair[0] <= uid <= pair[-1] for pair in ends)]
