"""Blocks: of each line of a message, whether it is the sender's, a quotation, a signature, or cannot be told.

Given lines and the letter that they may quote; gives one kind a line, in one pass.
Reads what strangers' mail programs made of a conversation: top, bottom and interleaved answers.
Never looks back: once an unmarked quotation has begun, nothing below it is taken for the sender's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto

from bot.core.words import marks
from bot.core.words.folding import compact
from bot.core.words.letter import KnownLetter

_LONGEST_FOOTER = 14
_UNMISTAKABLE = 30
_MOST_RULES = 30
_WRAP_WIDTH = 60
"""A quoted line at least this long may have been broken by a mail program, its rest standing unmarked below."""


class Kind(Enum):
    OWN = auto()
    UNSURE = auto()
    """Reads as own, but may be the rest of a broken quoted line, or stand inside an unmarked or announced quotation."""
    REST = auto()
    """The rest of a broken quoted line, between two marked ones."""
    QUOTED = auto()
    TAIL = auto()
    """Everything under the head of an unmarked quotation."""
    SIGNATURE = auto()
    FOOTER = auto()
    """Looks like a signature or legal footer, without the mark that makes it certain."""


def kinds_of(lines: Sequence[str], *, letter: KnownLetter, command_like: Callable[[str], object]) -> list[Kind]:
    """One kind for each line."""
    reader = _Reader(lines, letter.recall(lines, command_like=command_like))
    while len(reader.kinds) < len(lines):
        reader.step()
    return reader.kinds


class _Reader:
    """Walks down a message. `ground` is what an unmarked line is taken for at the present place."""

    def __init__(self, lines: Sequence[str], recalling: Iterator[bool]) -> None:
        self.lines = lines
        self.plain = marks.Plain(lines)
        self.rules = 0
        self.recalling = recalling
        self.recalled: list[bool] = []
        self.kinds: list[Kind] = []
        self.ground = Kind.OWN
        self.has_own = False
        self.in_letter = False
        self.known = 0

    def step(self) -> None:
        """Gives the next line, or the lines that belong together with it, a kind."""
        at = len(self.kinds)
        line = self.lines[at]
        if self.ground is Kind.TAIL:
            self.kinds.extend([Kind.TAIL] * (len(self.lines) - at))
        elif not line or line.isspace():
            self.kinds.append(self.ground)
        elif marks.is_prefixed(line):
            self._quote(1)
        elif self._is_recalled(at):
            self._recalls(line)
            self.kinds.append(Kind.QUOTED)
        elif not self._mark(at, line):
            self._unmarked(at, line)

    def _is_recalled(self, at: int) -> bool:
        """Whether the line is our letter's: not asked of those that their program has marked, where nothing below hangs on it."""
        while len(self.recalled) <= at:
            self.recalled.append(next(self.recalling))
        return self.recalled[at]

    def _recalls(self, line: str) -> None:
        """One greeting that both sides use is no quotation of the letter yet; a long line, or three, are."""
        self.known += 1
        self.in_letter = self.in_letter or self.known >= 3 or len(compact(line)) >= _UNMISTAKABLE

    def _mark(self, at: int, line: str) -> bool:
        """Whether the line begins something that is not the sender's; then its kind is set and the ground changed."""
        plain = self.plain[at]
        if span := marks.attribution_span(self.plain, at):
            self._attribution(at, span)
        elif marks.is_original_rule(plain) or marks.is_header_block(self.plain, at):
            self._begin(Kind.TAIL)
        elif marks.is_weak_attribution(plain) and self._next_is_prefixed(at + 1):
            self._quote(1)
        elif self.ground is not Kind.OWN:
            return False
        elif marks.announces_quotation(plain):
            self._begin(Kind.UNSURE)
        elif marks.is_signature(line):
            self._begin(Kind.SIGNATURE)
        elif marks.is_device_line(plain) or marks.is_disclaimer(plain) or self._is_footer_rule(at, line):
            self._begin(Kind.FOOTER)
        else:
            return False
        return True

    def _begin(self, kind: Kind) -> None:
        self.ground = kind
        self.kinds.append(kind)

    def _quote(self, span: int) -> None:
        """Below a quotation that follows a signature, an unmarked line is rarely the sender's."""
        self.kinds.extend([Kind.QUOTED] * span)
        if self.ground is Kind.SIGNATURE:
            self.ground = Kind.FOOTER

    def _attribution(self, at: int, span: int) -> None:
        """Marked quotation follows: only the attribution itself goes. Otherwise nothing below can be told from the quotation."""
        if self._next_is_prefixed(at + span):
            self._quote(span)
        else:
            self.ground = Kind.TAIL
            self.kinds.extend([Kind.TAIL] * span)

    def _next_is_prefixed(self, at: int) -> bool:
        following = (line for line in self.lines[at : at + 4] if line.strip())
        return marks.is_prefixed(next(following, ""))

    def _is_footer_rule(self, at: int, line: str) -> bool:
        """A drawn line begins a signature where some own words stand above it and only a few lines below."""
        if not self.has_own or self.rules > _MOST_RULES or not marks.is_rule(line):
            return False
        self.rules += 1
        below = 0
        for number in range(at + 1, min(at + 60, len(self.lines))):
            if marks.is_prefixed(self.lines[number]) or self._begins_quotation(number):
                break
            below += bool(self.plain[number])
        return below <= _LONGEST_FOOTER

    def _begins_quotation(self, at: int) -> bool:
        return marks.is_original_rule(self.plain[at]) or marks.is_header_block(self.plain, at) or marks.attribution_span(self.plain, at) > 0

    def _unmarked(self, at: int, line: str) -> None:
        if self.ground is not Kind.OWN:
            self.kinds.append(self.ground)
            return
        broken = self._may_be_broken(at)
        if broken and at + 1 < len(self.lines) and marks.is_prefixed(self.lines[at + 1]):
            self.kinds.append(Kind.REST)
            return
        self.has_own = True
        self.kinds.append(Kind.UNSURE if self.in_letter or broken else Kind.OWN)

    def _may_be_broken(self, at: int) -> bool:
        """Right below a long quoted line that does not end where a line of our letter ends."""
        above = self.lines[at - 1] if at else ""
        return len(above) >= _WRAP_WIDTH and marks.is_prefixed(above) and not self.recalled[at - 1]
