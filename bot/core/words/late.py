"""Patterns that are compiled when something is first held against them.

Those that hold every program's way of saying one thing take longer to compile than a small command takes to run, and most commands read
no mail. Given a pattern, does what the compiled one does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

Held = Callable[[str], re.Match[str] | None]


class Late:
    """
    >>> bool(Late("two|deux").fullmatch("deux"))
    True
    """

    def __init__(self, pattern: str) -> None:
        self._source = pattern

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source)

    @cached_property
    def match(self) -> Held:
        return self._pattern.match

    @cached_property
    def search(self) -> Held:
        return self._pattern.search

    @cached_property
    def fullmatch(self) -> Held:
        return self._pattern.fullmatch
