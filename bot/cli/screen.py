"""A screen of names and what is said of each: in colour and wrapped at a terminal, as plain lines everywhere else."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST = 110
NAMES = 15
"""How wide the column of names usually is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what is said of it; `style` is the name's colour where there is colour."""

    name: str
    text: str
    style: str = "bold"

    def plain(self, names: int) -> str:
        return f"{self.name:{names}}{self.text}".rstrip()


def show(lines: Sequence[Line], *, names: int = NAMES) -> None:
    """In colour at a terminal that wants it, and nowhere else; `names` is how wide their column is."""
    if not sys.stdout.isatty():
        print("\n".join(line.plain(names) for line in lines))
        return
    from rich.text import Text

    terminal().print(Text.assemble(*painted(lines, names=names)), soft_wrap=True, end="")


def painted(lines: Sequence[Line], *, names: int = NAMES) -> list[tuple[str, str]]:
    """Long lines hang under their text."""
    pieces: list[tuple[str, str]] = []
    for line in lines:
        first, *others = textwrap.wrap(line.text, max(20, width() - names - 1)) or [""]
        pieces += [(f"{line.name:{names}}", line.style), (f"{first}\n", "")] if line.name or line.text else [("\n", "")]
        pieces += [(f"{' ' * names}{other}\n", "") for other in others]
    return pieces


def say(text: str) -> None:
    """A paragraph, as wide as the terminal; on one line where there is none."""
    if not sys.stdout.isatty():
        print(text)
        return
    from rich.text import Text

    terminal().print(Text(text, overflow="fold"))


def spread(rows: Sequence[tuple[str, str]], *, names: int) -> None:
    """Names and what is said of each, with line breaks of its own; Japanese wraps by its width, too."""
    if not sys.stdout.isatty():
        for name, text in rows:
            print(f"{name:{names}}{f'{chr(10)}{chr(32) * names}'.join(text.splitlines())}".rstrip())
        return
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=0)
    grid.add_column(width=names, no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in rows:
        grid.add_row(name, Text(text))
    terminal().print(grid)


def terminal() -> Console:
    """What is said to a person; in colour only where there is a terminal that wants it (NO_COLOR)."""
    from rich.console import Console

    return Console(highlight=False)


def width() -> int:
    """As wide as the terminal, up to what is pleasant to read."""
    return min(shutil.get_terminal_size((_WIDEST, 0)).columns, _WIDEST)
