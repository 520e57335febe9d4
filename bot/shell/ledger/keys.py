"""The keys at hand: unwrapped once, kept in memory, made on disk before anything is closed with them.

A case has a key of its own; what is about no case has its month's. Retention destroys a month with `forget_month`, once nothing of it is
kept; erasing a case destroys the case's. What a destroyed key closed is gone from every backup of the data, too.
A master key that does not fit is found at the start, before anything is read, decided or sent.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError

from bot.shell import sealing
from bot.shell.ledger.away import is_damage
from bot.shell.ledger.keystore import KeyStore, Wrapped
from bot.shell.sealing import Master


class KeysUnfit(Exception):
    """The keys do not fit the data; says in one sentence which store, and what to do."""


class KeyDestroyed(Exception):
    """Somebody wanted it gone: a case was erased, or a month's time was over."""


class Keys:
    """Over one key store. The first of `masters` wraps what is new; the others only unwrap."""

    def __init__(self, store: KeyStore, masters: Sequence[Master], *, clock: Callable[[], datetime] | None = None) -> None:
        self.store = store
        self._masters = tuple(masters)
        self._clock = clock or _utc_now
        self._wrapped: dict[str, Wrapped] = {}
        self._open: dict[str, bytes] = {}
        self._months: dict[str, str] = {}
        self._lock = threading.RLock()

    def prepare(self, needed: Collection[str] = ()) -> None:
        """Make the store where there is none, and see that the master key fits. Where data needs keys, one that is lost is not made anew."""
        try:
            if needed and self.store.is_empty():
                raise KeysUnfit(
                    f"The key store {self.store.name} is not there or empty, and client data in the database opens with its keys alone. "
                    "Put your newest copy of it there, or name it as [security] key_store; nothing was made in its place."
                )
            self.store.prepare()
            self._look_again()
        except DBAPIError as error:
            if not is_damage(error):
                raise
            raise KeysUnfit(
                f"The key store {self.store.name} is damaged. Put it aside, and put your newest copy of it in its place; all else stays as it is."
            ) from None
        self._check_masters()

    def check(self, wanted: Iterable[str]) -> None:
        """Every key that the data needs is here, or was destroyed on purpose."""
        if set(wanted) - set(self._wrapped):
            raise KeysUnfit(
                f"The key store {self.store.name} lacks keys that the database needs, so it is not this database's, or older. "
                "Put the right one there, or name it as [security] key_store."
            )

    def for_new_case(self) -> str:
        """The id of a fresh key, on disk already."""
        return self._make(None)

    def for_month(self) -> str:
        """The id of the running month's key; made with the first thing that needs it."""
        month = f"{self._clock().astimezone(UTC):%Y-%m}"
        with self._lock:
            if month not in self._months:
                self._months[month] = self._labelled(f"month {month}")
            return self._months[month]

    def months(self) -> list[str]:
        """The months whose keys are still there, such as ``2026-11``, the oldest first."""
        self._look_again()
        return sorted(one.label.removeprefix("month ") for one in self._wrapped.values() if one.label and one.wrapped)

    def forget_month(self, month: str) -> None:
        """Destroy the key of a month, such as ``2026-08``: what came in then and is about no case opens nowhere any more."""
        self._look_again()
        self.destroy(one.id for one in list(self._wrapped.values()) if one.label == f"month {month}")

    def destroy(self, ids: Iterable[str]) -> None:
        """For good, on disk and here."""
        gone = list(ids)
        with self._lock:
            self.store.destroy(gone, at=self._clock())
            for key_id in gone:
                self._open.pop(key_id, None)
            self._months = {month: key_id for month, key_id in self._months.items() if key_id not in gone}
            self._look_again()

    def is_destroyed(self, key_id: str) -> bool:
        return key_id in self._wrapped and self._wrapped[key_id].wrapped is None

    def rotate(self) -> int:
        """Wrap every key with the first master key; gives how many were not. What the keys have closed stays as it is."""
        self._look_again()
        first = self._masters[0]
        late = [one.id for one in self._wrapped.values() if one.wrapped and one.master != first.mark]
        self.store.rewrap({key_id: sealing.wrap(self.key(key_id), name=key_id, master=first) for key_id in late}, master=first.mark)
        self._look_again()
        return len(late)

    def seal(self, plain: bytes, *, where: str, ids: Iterable[str]) -> bytes:
        return sealing.seal(plain, where=where, keys={bytes.fromhex(key_id): self.key(key_id) for key_id in ids})

    def unseal(self, sealed: bytes, *, where: str) -> bytes:
        """Raises `KeyDestroyed` where one of its keys is gone for good, and `sealing.Broken` where it was altered."""
        return sealing.unseal(sealed, where=where, keys=[self.key(one.hex()) for one in sealing.key_ids(sealed)])

    def key(self, key_id: str) -> bytes:
        with self._lock:
            if key_id not in self._open:
                self._open[key_id] = self._unwrapped(key_id)
            return self._open[key_id]

    def _unwrapped(self, key_id: str) -> bytes:
        if key_id not in self._wrapped:
            self._look_again()
        found = self._wrapped.get(key_id)
        if found is None:
            raise KeysUnfit(f"The key store {self.store.name} lacks the key {key_id}. Put back the store that belongs to this database.")
        if found.wrapped is None:
            raise KeyDestroyed(key_id)
        for master in self._masters:
            if master.mark == found.master and (key := sealing.unwrap(found.wrapped, name=key_id, master=master)):
                return key
        raise self._unfit()

    def _check_masters(self) -> None:
        """One key of each master key that was used is tried."""
        used = {one.master: one.id for one in self._wrapped.values() if one.wrapped}
        for key_id in used.values():
            self.key(key_id)

    def _unfit(self) -> KeysUnfit:
        return KeysUnfit(
            f"The keys in {self.store.name} are wrapped with another master key than the configuration gives. "
            "Put the former [security] master_key (or secret) back, or name it under old_master_keys (or old_secrets)."
        )

    def _labelled(self, label: str) -> str:
        for _ in range(2):
            found = [one.id for one in self._wrapped.values() if one.label == label and one.wrapped]
            if found:
                return found[0]
            self._make(label)
        raise AssertionError(f"no key could be made for {label}")

    def _make(self, label: str | None) -> str:
        key_id, master = os.urandom(8).hex(), self._masters[0]
        wrapped = sealing.wrap(sealing.new_key(), name=key_id, master=master)
        made = Wrapped(key_id, label, wrapped, master.mark)
        self.store.add(made, at=self._clock())
        if label:
            self._look_again()  # another process may have been first
        else:
            self._wrapped[key_id] = made
        return key_id

    def _look_again(self) -> None:
        with self._lock:
            self._wrapped = self.store.all()


def _utc_now() -> datetime:
    return datetime.now(UTC)
