"""Who must have a case, by what its lawyers wrote and by nothing else: the outcome that is expected, kept beside the product's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tests.story.conversation import Written

Key = tuple[datetime, bool, int]
"""Arrival, then INBOX before Junk, then the number in the mailbox."""


@dataclass(slots=True)
class Queue:
    places: int
    _live: dict[str, Key] = field(default_factory=dict)
    _over: set[str] = field(default_factory=set)
    _unread: set[str] = field(default_factory=set)

    def is_in_line(self, lawyer: str) -> bool:
        return lawyer in self._live

    def claims(self, lawyer: str, mail: Written, *, is_junk: bool) -> None:
        self._live[lawyer] = (mail.at, is_junk, mail.uid)
        self._unread.add(lawyer)

    def may_hand_back(self, lawyer: str) -> bool:
        """Only what has been read: of two mails in two folders nobody knows which one is read first."""
        return lawyer in self._live and lawyer not in self._unread

    def hands_back(self, lawyer: str) -> None:
        del self._live[lawyer]
        self._over.add(lawyer)

    def all_is_read(self) -> None:
        self._unread.clear()

    def standings(self) -> dict[str, str]:
        """By lawyer, as it must be when all is quiet."""
        line = sorted(self._live, key=self._live.__getitem__)
        now = {lawyer: "confirmed" if place < self.places else "waitlisted" for place, lawyer in enumerate(line)}
        return dict.fromkeys(self._over, "released") | now
