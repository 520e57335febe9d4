"""A screen of names and what is said of each: in colour and wrapped at a terminal, as plain lines everywhere else."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli.talk import terminal

_WIDEST = 110


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what is said of it; `style` is the name's colour where there is colour."""

    name: str
    text: str
    style: str = "bold"

    def __str__(self) -> str:
        return f"{self.name:14} {self.text}".rstrip() if self.name or self.text else ""


def show(lines: Sequence[Line]) -> None:
    """In colour at a terminal that wants it, and nowhere else."""
    if not sys.stdout.isatty():
        print("\n".join(map(str, lines)))
        return
    from rich.text import Text

    terminal().print(Text.assemble(*painted(lines)), soft_wrap=True, end="")


def painted(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Long lines hang under their text."""
    pieces: list[tuple[str, str]] = []
    for line in lines:
        first, *others = textwrap.wrap(line.text, max(20, width() - 16)) or [""]
        pieces += [(f"{line.name:14} ", line.style), (f"{first}\n", "")] if str(line) else [("\n", "")]
        pieces += [(f"{' ' * 15}{other}\n", "") for other in others]
    return pieces


def width() -> int:
    """As wide as the terminal, up to what is pleasant to read."""
    return min(shutil.get_terminal_size((_WIDEST, 0)).columns, _WIDEST)
