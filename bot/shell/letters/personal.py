"""What is one reader's own in an answer that many get: the digits of a place in line, and of the second at which a mail arrived.

Given a letter, parts what it tells all its readers from these digits, in whose place stand signs. The signs are digits themselves, so that
every rule for lines and headings treats them alike, and scrubbing takes them out of every fact. They can be printed and nothing else: a
template that counts with them, or asks what they are, ends in an error, and learns nothing of any reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NoReturn

from bot.core.mail import Letter
from bot.core.model import Told
from bot.shell.letters.catalogue import SHARED
from bot.shell.letters.scrub import SIGNS

OWN: Final = ("arrived_at", "waiting_place")
"""The facts of an outcome that differ from reader to reader."""
ADDRESS: Final = "\ue011"
"""Stands for the reader's address, which no letter to many prints. A private-use sign, as no fact holds."""
_ZEROS: Final = dict.fromkeys(map(ord, "0123456789"), "0")
_NO_DIGIT: Final = re.compile("[^0-9]+")
_ZERO: Final = re.compile("0")


class MoreThanPrinted(Exception):
    """A template wants more of what is one reader's own than to print it."""


class Personal:
    """Signs, as a template is given them. No text, which would be scrubbed, compared, and read as a number."""

    def __init__(self, signs: str) -> None:
        self.signs = signs

    def __str__(self) -> str:
        return self.signs

    def _asked(self, *_: object) -> NoReturn:
        raise MoreThanPrinted

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __add__ = __sub__ = __int__ = __float__ = _asked
    __hash__ = _asked


@dataclass(frozen=True, slots=True)
class Parted:
    """What a letter tells each of its readers; by fact, how its own reader's is printed, with a zero for each digit; and these digits."""

    told: dict[str, Any]
    shapes: Mapping[str, str]
    digits: str

    def for_nobody(self, letter: Letter) -> Letter:
        """The letter with a sign in the place of each digit, in their order."""
        facts, supply = self.told, iter(SIGNS)
        if self.shapes:
            signs = {name: Personal(_ZERO.sub(lambda _: next(supply), shape)) for name, shape in self.shapes.items()}
            facts = {**facts, "lines": tuple(replace(line, facts={**line.facts, **signs}) for line in facts["lines"])}
        return replace(letter, to=ADDRESS, facts=facts)


def parted(letter: Letter, line: Told | None, *, moment: Callable[[datetime], str]) -> Parted:
    """`line` is the letter's `shared_line`; `moment` prints an hour of arrival in the letter's language."""
    if line is None:
        return Parted(letter.facts, {}, "")
    told, printed = dict(line.facts), dict[str, str]()
    for name in OWN:
        if value := told.get(name):
            printed[name] = moment(value) if isinstance(value, datetime) else str(value)
            del told[name]
    shapes = {name: words.translate(_ZEROS) for name, words in printed.items()}
    rest = replace(line, facts=told)
    return Parted({**letter.facts, "lines": (rest,)}, shapes, _NO_DIGIT.sub("", "".join(printed.values())))


def shared_line(letter: Letter) -> Told | None:
    """The one line of an answer that many get; None of any other letter."""
    lines = letter.facts.get("lines")
    if letter.kind != "answer" or not isinstance(lines, list | tuple) or len(lines) != 1 or lines[0].outcome not in SHARED:
        return None
    line: Told = lines[0]
    return line
