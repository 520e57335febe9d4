"""Measures of own words on a real mail: commands put where they must be found or must never act, and the text that is known to be the sender's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.words import OwnWords, own_words
from bot.core.words.blocks import Kind, kinds_of
from bot.core.words.folding import compact
from bot.core.words.letter import KnownLetter
from bot.core.words.markup import QUOTE_LINE, shown
from bot.core.words.own import looks_like_command
from tests.mail.corpus import Real

TOP = "CLAIM JAR-2026-014"
PLANTED = "CLAIM JAR-2026-099"


def acts(found: OwnWords, command: str) -> bool:
    return not found.doubt and compact(command) in [compact(line) for line in found.lines]


def planted_after_marks(text: str) -> list[str]:
    """The text once for each quoted line, with a quoted command below that line."""
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if re.match(r"\s{0,3}>", line)][:40]
    return ["\n".join([*lines[: at + 1], f"> {PLANTED}", *lines[at + 1 :]]) for at in places]


def tail_of(real: Real, text: str) -> bool:
    """Whether an unmarked quotation follows the text that is known to be the sender's."""
    if not real.expected_reply.strip() or re.search(r"(?m)^\s{0,3}>", text):
        return False
    last = real.expected_reply.strip().split("\n")[-1].strip()
    rest = text.rpartition(last)[2] if last in text else ""
    return sum(bool(line.strip()) for line in rest.split("\n")) >= 2


def is_exact(real: Real, *, with_signature: bool) -> bool:
    """Whether the own words are what the collector wrote down; where `with_signature` is false, with or without a signature.

    Collectors disagree with each other on whether a signature and the line that a phone adds belong to a reply.
    """
    arrival = real.arrival()
    found = _flat(own_words(arrival.text, arrival.html).lines)
    lines = shown(real.expected_reply).lines if real.kind == "html" else real.expected_reply.split("\n")
    expected = [line for line in lines if line != QUOTE_LINE]
    return found == _flat(expected) or (not with_signature and found == _flat(_without_signature(expected)))


def _flat(lines: Iterable[str]) -> str:
    return "".join("".join(lines).split())


def _without_signature(lines: list[str]) -> list[str]:
    kinds = kinds_of(lines, letter=KnownLetter.of(()), command_like=looks_like_command)
    return [line for line, kind in zip(lines, kinds, strict=True) if kind not in (Kind.SIGNATURE, Kind.FOOTER)]
