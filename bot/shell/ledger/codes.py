"""Which letter of ours a code belongs to, as answers bring it back: read once a transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.shell.tables import LetterRow


class Codes:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._letters: dict[str, LetterRow | None] = {}

    def letters(self, codes: Iterable[str]) -> list[LetterRow]:
        """The letters with these codes, the oldest first."""
        wanted = set(codes)
        self.foresee(wanted)
        return sorted((row for code in wanted if (row := self._letters[code])), key=lambda row: row.id or 0)

    def are_known(self, codes: Iterable[str]) -> bool:
        """Whether there is a letter of ours for each of these."""
        wanted = set(codes)
        self.foresee(wanted)
        return all(self._letters[code] is not None for code in wanted)

    def foresee(self, codes: Iterable[str]) -> None:
        """Read at once what will be asked for soon."""
        new = set(codes) - self._letters.keys()
        if new:
            rows = self._session.exec(_THESE, params={"codes": list(new)}).all()
            self._letters |= dict.fromkeys(new) | {row.code: row for row in rows}

    def owed(self, code: str) -> None:
        """A letter with this code has just been written, whatever was known of it."""
        self._letters.pop(code, None)


_THESE = select(LetterRow).where(col(LetterRow.code).in_(bindparam("codes", expanding=True)))
