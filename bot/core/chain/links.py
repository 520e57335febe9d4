"""The chain itself: numbers without a gap, each hash that of its entry, each entry holding the hash of the one before.

Such a chain shows that something was changed, deleted or moved. It cannot show that its end was cut off or that all of it was written
anew; for that, a letter's head is held against it: the number and the short hash that went to many mailboxes.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model import Head, LogEntry
from bot.core.model.log import BEGINS, RULE
from bot.core.model.log_text import digest, read_entry


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry that does not fit, and why."""

    number: int
    sentence: str


class Links:
    """Walks along the chain. `head` is how far it has come."""

    def __init__(self, printed: Head | None = None) -> None:
        """`printed` is the head of a letter; of its hash the beginning will do."""
        self.head = Head(0, "")
        self._printed = printed

    def take(self, number: int, case_id: str | None, content: str, written: str) -> LogEntry | Fault:
        """The next entry as it stands in the table, or why it does not fit."""
        expected = self.head.number + 1
        if number != expected:
            return Fault(expected, f"Entry {expected} is missing: entry {number} follows entry {self.head.number}.")
        try:
            entry = read_entry(content)
        except ValueError:
            return Fault(number, f"Entry {number} cannot be read: it has been changed since it was written.")
        if digest(content) != written:
            return Fault(number, f"Entry {number} has been changed: its text and its hash do not belong together.")
        if (entry.number, entry.case_id) != (number, case_id):
            return Fault(
                number,
                f"Entry {number} is not in its place: by its own text it is entry {entry.number}, about {entry.case_id or 'no case'}.",
            )
        if entry.previous != self.head.digest:
            return Fault(number, f"Entry {number} does not follow the entry before it: one of the two was replaced.")
        if (entry.kind == BEGINS) != (number == 1):
            return Fault(
                number, f"Entry {number} does not begin the log." if number == 1 else f"Entry {number} begins the log a second time."
            )
        if entry.rule > RULE:
            return Fault(number, f"Entry {number} was decided by a later version of the rule; check it with a newer firstreply.")
        self.head = Head(number, written)
        return self._against_letter(entry)

    def _against_letter(self, entry: LogEntry) -> LogEntry | Fault:
        printed = self._printed
        if printed is not None and printed.number == self.head.number and not self.head.digest.startswith(printed.digest):
            return Fault(
                entry.number, f"Entry {entry.number} is not the one that the letter names: the log was written anew from there or before."
            )
        return entry

    def end(self) -> Fault | None:
        """What is wrong with where the log ends."""
        if not self.head.number:
            return Fault(1, "The log is empty: even its first entry is missing.")
        if self._printed is not None and self._printed.number > self.head.number:
            missing = self.head.number + 1
            return Fault(
                missing,
                f"Entry {missing} is missing: the log ends at entry {self.head.number}, and the letter names entry {self._printed.number}.",
            )
        return None
