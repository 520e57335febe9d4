"""A ledger with a few members, cases and messages in it, for tests that open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from bot.core.mail import Arrival, RawMail, Stamp
from bot.core.model import CaseFields, ClaimState, EnterClaim, Lifecycle, Member
from bot.shell.ledger import Keys, KeyStore, Ledger, Transaction
from bot.shell.sealing import master_from

NOW = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)


def keys_of(url: str, *secrets: str) -> Keys:
    """The keys of the ledger with this URL, under the master key that all tests share, or the first of others."""
    masters = [master_from(secret) for secret in secrets or ("the master key of the tests",)]
    return Keys(KeyStore(f"{url}.keys" if url.startswith("sqlite") else url), masters, clock=lambda: NOW)


def ledger_at(url: str, *, keys: Keys | None = None) -> Ledger:
    """`keys` for a copy of a database, whose keys stayed where they were."""
    return Ledger(url, keys or keys_of(url))


@contextmanager
def open_ledger(url: str, *, keys: Keys | None = None) -> Iterator[Ledger]:
    ledger = ledger_at(url, keys=keys)
    ledger.migrate()
    try:
        yield ledger
    finally:
        ledger.close()


def add_member(book: Transaction, number: int) -> Member:
    return book.roster.enter(Member(0, f"m{number}@lawfirm.example", f"Member {number}"), now=NOW)


def add_case(book: Transaction, *, places: int = 1, year: int = 2026, lifecycle: Lifecycle = Lifecycle.OPEN) -> str:
    fields = CaseFields("Asylum appeal", "An appeal", places=places)
    return book.cases.add(fields, lifecycle=lifecycle, is_emergency=False, by="test", prefix="JAR", year=year, now=NOW).id


def stamp_of(uid: int, *, seconds: int = 0) -> Stamp:
    return Stamp("INBOX", 7, uid, NOW + timedelta(seconds=seconds))


def add_arrival(book: Transaction, uid: int, *, seconds: int = 0, sender: str = "m1@lawfirm.example") -> int:
    stamp = stamp_of(uid, seconds=seconds)
    arrival = Arrival(f"<{uid}@client.example>", sender, "", "CLAIM", (), "", "", content_key=f"key {uid}")
    return book.arrivals.enter(RawMail(stamp, b"raw", 3), arrival, now=NOW)


def add_claim(book: Transaction, case_id: str, member: Member, uid: int, *, seconds: int = 0) -> int:
    arrival_id = add_arrival(book, uid, seconds=seconds, sender=member.email)
    change = EnterClaim(member.id, case_id, ClaimState.QUEUED, line=0)
    return book.claims.enter(change, arrival_id=arrival_id, stamp=stamp_of(uid, seconds=seconds), now=NOW)
