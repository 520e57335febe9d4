"""Which letter of ours a code belongs to, as answers bring it back: read once a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from bot.shell.ledger import wording
from bot.shell.ledger.session import BookSession


class Codes:
    def __init__(self, session: BookSession) -> None:
        self._session = session
        self._letters: dict[str, Row[Any] | None] = {}

    def letters(self, codes: Iterable[str]) -> list[Row[Any]]:
        """The rows of the letters with these codes, the oldest first."""
        wanted = set(codes)
        self.foresee(wanted)
        rows = [row for code in wanted if (row := self._letters[code])]
        rows.sort(key=attrgetter("id"))
        return rows

    def are_known(self, codes: Iterable[str]) -> bool:
        """Whether there is a letter of ours for each of these."""
        wanted = set(codes)
        self.foresee(wanted)
        return all(self._letters[code] is not None for code in wanted)

    def any_asks(self, codes: Iterable[str]) -> bool:
        """Whether one of the letters with these codes has a question on record."""
        return any(letter.question_id is not None for letter in self.letters(codes))

    def foresee(self, codes: Iterable[str]) -> None:
        """Read at once what will be asked for soon."""
        new = set(codes).difference(self._letters)
        if new:
            self._letters |= dict.fromkeys(new) | {row.code: row for row in self._session.ask(wording.BEHIND, codes=list(new)).all()}

    def owed(self, code: str) -> None:
        """A letter with this code has just been written, whatever was known of it."""
        self._letters.pop(code, None)

    def changed(self, letter_id: int) -> None:
        """Whatever was known of it."""
        self._letters = {code: row for code, row in self._letters.items() if row is None or row.id != letter_id}
