"""Broken lines: where a mail program may have broken a sentence or a command in two.

Given the lines of a text; tells which command may be the rest of the sentence above it, and puts together what is one on the page.
Never decides what becomes of it: a command that may be the rest of a sentence is asked about, by its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.core.words.folding import compact, fold

_BROKEN_OFF = re.compile(r"[^>|].{56,79}[a-z,]\s?$")
"""A line as mail programs break a sentence, 60 to 80 columns wide: "…, but please let it be known that I will not" / "CLAIM …"."""
_LONGEST_REST = 40
_MOST_PIECES = 8
REASON_LABEL = r"(?:reason|理由)\s*:"
"""How a line begins that gives the reason for the request above it."""
_REASON = re.compile(REASON_LABEL, re.IGNORECASE)
_LEADS_ON = re.compile(
    r"(?:,|n't|n’t|\b(?:not|never|cannot|no longer|to|will|would|shall|should|can|could|may|might|must|do|does|did|be|is|are|was|were"
    r"|and|or|but|nor|then|than|that|if|unless|whether|because|as|when|while|until|without|i|we|you|he|she|they|who"
    r"|please|also|just|only|rather|gladly|kindly|a|an|the|this|my|our|your|their|his|its|of|for|with|at|by|from|about))\s*$"
)
"""How a reason ends whose sentence may go on in the line below."""


def rest_of_a_sentence(lines: Sequence[str], is_own: Sequence[bool], *, command_like: Callable[[str], object]) -> str:
    """The first short command of the sender's right below a line that looks broken off, unless that is a whole request itself; "" for none."""
    for above, below, counts in zip(lines, lines[1:], is_own[1:], strict=False):
        if not counts or len(below) > _LONGEST_REST or not _BROKEN_OFF.match(above) or not command_like(below):
            continue
        if not (command_like(above) or _REASON.match(fold(above).strip())) or _goes_on(fold(above).strip(), fold(below).strip()):
            return below.strip()
    return ""


def _goes_on(request: str, below: str) -> bool:
    """Whether the words of a request, or of its reason, may not have come to an end before the line below, which then begins small."""
    return _LEADS_ON.search(request.casefold()) is not None or (below[0].islower() and not request[0].islower())


def rejoined(text: Sequence[str], commands: Iterable[str]) -> list[str]:
    """The lines of a text; those that only together are the next of these commands, given in their compact form, are put together.

    >>> rejoined(["ASSIGN A b@c.example WITH she", "speaks Dari", "STATUS"], ["assignab@c.examplewithshespeaksdari", "status"])
    ['ASSIGN A b@c.example WITH she speaks Dari', 'STATUS']
    """
    joined: list[str] = []
    left, at = list(commands), 0
    while at < len(text):
        span = _span(text[at : at + _MOST_PIECES], left[0]) if left else 0
        left = left[1:] if span else left
        joined.append(" ".join(text[at : at + max(span, 1)]))
        at += max(span, 1)
    return joined


def _span(lines: Sequence[str], command: str) -> int:
    """How many of these lines are the command; 0 where they do not begin with it, or a blank line stands between."""
    said = ""
    for number, line in enumerate(lines, start=1):
        said += compact(line)
        if said == command:
            return number
        if not line.strip() or not command.startswith(said):
            return 0
    return 0
