"""The letter that is being answered: we wrote it, so its lines are quotation in any language and any mail program.

Given the letter's text or lines and the lines of an answer; says which of these come from the letter.
Reads lines as strangers' programs re-wrapped them. Compares in the folded form, without spaces and quote marks.
Never takes a line for ours because it merely occurs inside one of ours: a sentence of the letter names the very command
that the reader is to write, so such a line counts only where it continues the letter exactly where the line above stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat

from bot.core.words.folding import compact, compact_all

_TELLING = 16
"""Compact characters from which a piece of a sentence is taken for ours wherever it stands."""


@dataclass(frozen=True, slots=True)
class KnownLetter:
    """The lines of our letter in compact form: each for itself, and all in one string."""

    lines: frozenset[str]
    whole: str
    ends: frozenset[int]

    @classmethod
    def of(cls, lines: Iterable[str]) -> KnownLetter:
        pieces = list(filter(None, compact_all(chain.from_iterable(map(str.splitlines, lines)))))
        return cls(frozenset(pieces), "".join(pieces), frozenset(accumulate(map(len, pieces))))

    def __bool__(self) -> bool:
        return bool(self.lines)

    def recall(self, lines: Sequence[str], *, command_like: Callable[[str], object]) -> Iterator[bool]:
        """For each line, once it is asked for, whether it is the letter's. `position` is where in the letter the line above stopped; -1 for unknown."""
        if not self.lines:
            yield from repeat(False, len(lines))
            return
        position = -1
        for line in lines:
            piece = compact(line[:5000])
            if piece:
                position = self._place(piece, position, is_command=bool(command_like(line)))
            yield bool(piece) and position >= 0

    def _place(self, piece: str, position: int, *, is_command: bool) -> int:
        """Where in the letter `piece` ends, if it is the letter's; -1 if not."""
        if position >= 0 and position not in self.ends and self.whole.startswith(piece, position):
            return position + len(piece)
        if piece in self.lines or (len(piece) >= _TELLING and not is_command):
            found = self.whole.find(piece, max(position, 0))
            found = found if found >= 0 else self.whole.find(piece)
            return found + len(piece) if found >= 0 else -1
        if position >= 0 and not is_command and self.whole.startswith(piece, position):
            return position + len(piece)
        return -1
