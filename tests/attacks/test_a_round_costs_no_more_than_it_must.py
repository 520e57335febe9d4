"""What one more letter of a round costs, counted and not timed: statements, commits, bytes, pages set, words on the wire.

Each number stands for a promise. One commit a letter and connection: the outcome of one is on record before the next body leaves. Two
writes: the body, then its dot with the envelope of the next letter (RFC 2920). SQLite words no statement anew: it does where a value left
open might decide whether a partial index serves, which takes longer than the answer. The bytes go into the database once and are never copied
there: neither by a statement nor by SQLite, which writes a whole row anew when anything in it changes.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.shell.letters import Typesetter
from bot.shell.relay.wire import Wire
from bot.shell.sealing import seal
from tests.attacks.desk import Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink

FEW, MORE = 10, 30
PER_LETTER = 2
"""It was sent; the next body begins."""
PER_HANDFUL = 4
"""Does anything bar sending; has what left last been noted; which letters are due; they are taken. Two at a time, for one connection."""
ENVELOPE = len(b"MAIL FROM:<cases@bot.ngo.example> SIZE=12345\r\nRCPT TO:<m000@lawfirm.example>\r\nDATA\r\n.\r\n")


@contextmanager
def counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """All that happens to the desk's database, its typesetter and its wire meanwhile."""
    cost = Counter[str]()
    engine = desk.office.ledger.engine

    listened_to = set[Any]()

    def looked_up(what: int, *_: object) -> int:
        cost["looked up to word a statement"] += what != sqlite3.SQLITE_TRANSACTION
        return sqlite3.SQLITE_OK

    def statement(connection: Any, _cursor: Any, words: str, parameters: Any, _context: Any, many: bool) -> None:
        if (driver := connection.connection.dbapi_connection) not in listened_to:
            listened_to.add(driver)
            driver.set_authorizer(looked_up)
        if not words.startswith("BEGIN"):
            cost["statements"] += 1
        for row in parameters if many else [parameters]:
            cost["bytes stored"] += sum(len(value) for value in row if isinstance(value, bytes | memoryview))

    def commit(_connection: Any) -> None:
        cost["commits"] += 1

    def counting(owner: type, method: str, name: str, size: Callable[..., int]) -> None:
        real = getattr(owner, method)

        def wrapped(self: Any, *words: Any, **more: Any) -> Any:
            cost[name] += size(*words)
            return real(self, *words, **more)

        monkeypatch.setattr(owner, method, wrapped)

    counting(Typesetter, "strict_page", "pages set", lambda *_: 1)
    counting(Wire, "write", "writes", lambda _: 1)
    counting(Wire, "write", "bytes written", len)
    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    yield cost
    event.remove(engine, "before_cursor_execute", statement)
    for driver in listened_to:
        driver.set_authorizer(None)
    event.remove(engine, "commit", commit)
    monkeypatch.undo()


@dataclass(frozen=True, slots=True)
class Round:
    """To so many members, over one connection, from a file of SQLite."""

    owing: Counter[str]
    sending: Counter[str]
    letters: list[bytes]
    logged: int
    """Bytes that sending has put into the write-ahead log."""


def play(folder: Path, members: int, monkeypatch: pytest.MonkeyPatch, *, summary: str = "Country evidence.") -> Round:
    folder.mkdir()
    with SmtpSink.start() as sink:
        desk = Desk.open(folder, database_url=f"sqlite:///{folder}/book.db")
        room = PostRoom(desk, sink, connections=1)
        for number in range(members):
            desk.joins(f"m{number:03}@lawfirm.example", name="Member")
        desk.case(summary=summary)
        with counted(desk, monkeypatch) as owing:
            desk.sends_the_round()
        desk.office.ledger.empty_log()
        with counted(desk, monkeypatch) as sending:
            room.drains()
        logged = (folder / "book.db-wal").stat().st_size
        assert set(room.states()) == {"sent"}
        return Round(owing, sending, [letter.raw for letter in sink.letters], logged)


@pytest.fixture
def rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Round, Round]:
    few, more = (play(tmp_path / str(members), members, monkeypatch) for members in (FEW, MORE))
    assert len(more.letters) - len(few.letters) == MORE - FEW
    return few, more


def further(few: Counter[str], more: Counter[str]) -> dict[str, float]:
    """What each further letter costs."""
    return {name: (more[name] - few[name]) / (MORE - FEW) for name in sorted(more)}


def test_a_letter_is_owed_with_no_statement_page_or_commit_of_its_own(rounds: tuple[Round, Round]) -> None:
    few, more = rounds
    size = (sum(map(len, more.letters)) - sum(map(len, few.letters))) / (MORE - FEW)
    sealed = size + len(seal(b"", where="", keys={bytes(8): bytes(32)}))
    assert further(few.owing, more.owing) == {
        "bytes stored": sealed,
        "commits": 0,
        "looked up to word a statement": 0,
        "pages set": 0,
        "statements": 0,
    }
    assert (few.owing["pages set"], few.owing["commits"]) == (1, 1)


def test_a_letter_is_sent_with_one_commit_and_two_writes(rounds: tuple[Round, Round]) -> None:
    few, more = rounds
    cost = further(few.sending, more.sending)
    assert cost.pop("bytes written") == pytest.approx(sum(map(len, more.letters)) / len(more.letters) + ENVELOPE, rel=0.01)
    assert cost.pop("looked up to word a statement") == 0
    assert cost == {"bytes stored": 0, "commits": 1, "statements": PER_LETTER + PER_HANDFUL / 2, "writes": 2}


def test_a_long_letter_is_put_on_record_as_sent_with_no_more_written_than_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = (play(tmp_path / str(times), FEW, monkeypatch, summary="Country evidence. " * times) for times in (1, 200))
    assert len(long.letters[0]) > len(short.letters[0]) + 5_000
    assert long.logged == short.logged
