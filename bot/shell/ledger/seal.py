"""What a page closes and opens its clients' data with, within one transaction.

What is about one case is closed under that case's key, what is about several under all of theirs, everything else under the month's.
Nothing stays nothing: an empty value is not sealed, and a sealed one whose key was destroyed reads as empty.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from bot.shell.ledger.keys import KeyDestroyed, Keys
from bot.shell.ledger.session import BookSession
from bot.shell.sealing import key_ids


class Seal:
    """`where` names the row and column of a value, such as ``legal_case.details JAR-2026-014``; it opens in no other place."""

    def __init__(self, session: BookSession, keys: Keys) -> None:
        self._session, self._keys = session, keys
        self._key_ids: dict[str, str] = {}
        """By case, as far as they were asked for in this transaction."""

    def new_case(self, case_id: str) -> str:
        """The id of the key of a case that is being entered."""
        self._key_ids[case_id] = self._keys.for_new_case()
        return self._key_ids[case_id]

    def close(self, plain: bytes, *, where: str, about: Iterable[str] = ()) -> bytes:
        """`about` are case ids; those that no case has do not count."""
        return self._keys.seal(plain, where=where, ids=self._ids(about)) if plain else plain

    def open(self, sealed: bytes, *, where: str) -> bytes:
        try:
            return self._keys.unseal(sealed, where=where) if sealed else sealed
        except KeyDestroyed:
            return b""

    def close_text(self, plain: str, *, where: str, about: Iterable[str] = ()) -> str:
        return base64.b64encode(self.close(plain.encode("utf-8", "surrogatepass"), where=where, about=about)).decode("ascii")

    def alter(self, sealed: bytes, plain: bytes, *, where: str) -> bytes:
        """Other bytes in its place, closed by the very keys that closed it: what goes with them goes as before."""
        return self._keys.seal(plain, where=where, ids=[one.hex() for one in key_ids(sealed)])

    def open_text(self, sealed: str, *, where: str) -> str:
        return self.open(base64.b64decode(sealed), where=where).decode("utf-8", "surrogatepass")

    def close_facts(self, facts: dict[str, Any], *, where: str, about: Iterable[str] = ()) -> str | dict[str, Any]:
        """For a column of JSON: no facts are ``{}``."""
        return self.close_text(json.dumps(facts), where=where, about=about) if facts else {}

    def open_facts(self, sealed: str | dict[str, Any], *, where: str) -> dict[str, Any]:
        opened = self.open_text(sealed, where=where) if isinstance(sealed, str) else ""
        return dict(json.loads(opened)) if opened else {}

    def destroy(self, case_id: str) -> None:
        """The case's key, at once and for good, whatever becomes of this transaction: what goes is due to go."""
        if key_id := self._id(case_id):
            self._keys.destroy([key_id])

    def is_destroyed(self, case_id: str) -> bool:
        """Whether the case's key is gone for good, while its row is still that of an older state."""
        return self._keys.is_destroyed(self._id(case_id))

    def _ids(self, about: Iterable[str]) -> list[str]:
        known = filter(None, map(self._id, set(about)))
        return [key_id for key_id in known if not self._keys.is_destroyed(key_id)] or [self._keys.for_month()]

    def _id(self, case_id: str) -> str:
        if case_id not in self._key_ids and (row := self._session.case(case_id)):
            self._key_ids[case_id] = row.key_id
        return self._key_ids.get(case_id, "")
