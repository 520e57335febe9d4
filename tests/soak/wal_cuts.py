"""The power fails: database and write-ahead log are cut at each commit and inside it, as a disk might keep them.

A desk works with real letters to a real SMTP server while the log is never folded into the database. Then the log is cut, frame by frame where it
matters, and opened as after a power failure. Before or after, nothing between: the ledger is at one of the states that were committed; and
whatever letter the server had taken by then has its stage on record, because that commit is on disk before the body leaves
(`synchronous=FULL`, which is looked at). A note that did not wait for the disk is cut like any other.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from tests.attacks.desk import ALICE, BOB, CHIKA, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_dialogue import Taken
from tests.servers.smtp_sink import SmtpSink
from tests.soak.figures import Figures

_HEADER, _FRAME_HEADER = 32, 24
_ON_RECORD = {("sending", "data"), ("unknown", ""), ("sent", "")}


class NotingSink(SmtpSink):
    """Notes how long the log was when each letter was taken."""

    wal: Path
    taken: list[tuple[bytes, int]]

    def take(self, taken: Taken) -> None:
        self.taken.append((taken.raw, self.wal.stat().st_size))
        super().take(taken)


@dataclass(frozen=True, slots=True)
class Disk:
    """What is on it when all is done: the database as it was before, and the log of everything since."""

    base: bytes
    wal: bytes
    frames: tuple[int, ...]
    """Where each frame ends."""
    commits: tuple[int, ...]
    """Where each transaction ends."""


def play(seed: int, folder: Path, figures: Figures) -> None:
    chance = random.Random(seed)
    desk = Desk.open(folder)
    path = folder / "firstreply.db"
    _keep_the_log_apart(desk)
    with NotingSink.start() as sink:
        sink.wal, sink.taken = path.with_name("firstreply.db-wal"), []
        with sqlite3.connect(path) as witness:
            witness.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            base = path.read_bytes()
            _a_day_at_the_desk(PostRoom(desk, sink, connections=2), chance)
            disk = _read(base, sink.wal.read_bytes())
        taken = list(sink.taken)
    figures.messages, figures.letters = len(desk.received), len(taken)
    figures.duplicates = len(taken) - len({raw for raw, _ in taken})
    states = {0: _state(disk, 0, folder)} | {end: _state(disk, end, folder) for end in disk.commits}
    for cut in _cuts(disk, chance):
        last = max(end for end in states if end <= cut)
        assert _state(disk, cut, folder) == states[last], f"cut at {cut}: neither the state before nor the one after (commit at {last})"
        figures.faults["log cut"] += 1
    for raw, size in taken:
        found = _letter(disk, size, raw, folder)
        assert found in _ON_RECORD, f"a letter had left while the ledger said {found}"


def _keep_the_log_apart(desk: Desk) -> None:
    engine = desk.office.ledger.engine
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA wal_autocheckpoint=0"))
    engine.dispose()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "a commit may be lost with the power"
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def _a_day_at_the_desk(room: PostRoom, chance: random.Random) -> None:
    cases = [room.desk.case(f"Appeal {number}", places=chance.choice((1, 2))) for number in range(2)]
    for case_id in cases:
        for sender in chance.sample((ALICE, BOB, CHIKA), 2):
            room.desk.writes(sender, f"CLAIM {case_id}", at=chance.randrange(60))
    room.sink.script.refuse("RCPT", reply="450 4.2.0 later", to=chance.choice((ALICE, BOB)), times=1)
    room.sink.script.drop("after DOT", nth=chance.randint(1, 4))
    room.desk.settles()
    room.drains()
    room.desk.passes(minutes=15)
    room.drains()


def _read(base: bytes, wal: bytes) -> Disk:
    """The log's frames (https://sqlite.org/fileformat2.html#walformat): one that ends a transaction names the size of the database."""
    (page,) = struct.unpack(">I", wal[8:12])
    ends = range(_HEADER + _FRAME_HEADER + page, len(wal) + 1, _FRAME_HEADER + page)
    sizes = {end: struct.unpack(">I", wal[end - page - _FRAME_HEADER + 4 : end - page - _FRAME_HEADER + 8])[0] for end in ends}
    return Disk(base, wal, tuple(ends), tuple(end for end in ends if sizes[end]))


def _cuts(disk: Disk, chance: random.Random) -> Iterator[int]:
    """Each transaction's end, one whole frame before it, and somewhere inside a frame of it."""
    for before, end in zip((0, *disk.commits), disk.commits, strict=False):
        inner = [frame for frame in disk.frames if before < frame < end]
        yield end
        yield chance.choice(inner) if inner else before
        yield chance.randrange(before + 1, end)


def _opened(disk: Disk, cut: int, folder: Path) -> sqlite3.Connection:
    place = folder / "cut.db"
    for suffix in ("-wal", "-shm"):
        place.with_name(f"cut.db{suffix}").unlink(missing_ok=True)
    place.write_bytes(disk.base)
    place.with_name("cut.db-wal").write_bytes(disk.wal[:cut])
    return sqlite3.connect(place)


def _state(disk: Disk, cut: int, folder: Path) -> str:
    """A digest of every row of every table."""
    book = _opened(disk, cut, folder)
    try:
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = [(table, book.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()) for table in tables]
        return hashlib.sha256(repr(rows).encode()).hexdigest()
    finally:
        book.close()


def _letter(disk: Disk, cut: int, raw: bytes, folder: Path) -> tuple[str, str] | None:
    """State and stage of the letter with these bytes, as the ledger has it when the log is cut there."""
    book = _opened(disk, cut, folder)
    try:
        message_id = next(line for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id:")).split()[-1].decode()
        return book.execute("SELECT state, stage FROM letter WHERE message_id = ?", (message_id,)).fetchone()
    finally:
        book.close()
