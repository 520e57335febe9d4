"""The narrator's voice: chapters, what is typed, mails in boxes as wide as a terminal, and the tables at the end.

Given words and mails, prints them with rich; readable without colour, in a pipe and on 80 columns. A letter's own line breaks are kept.
Shows what strangers wrote only as visible characters (ATTACKS I-11): a mail cannot command the terminal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.demo.letter import Letter

WIDTH: Final = 80
_OURS, _THEIRS = "cyan", "yellow"
_CODE = re.compile(r"\b([a-z2-7]{6})[a-z2-7]{10}\.[a-z2-7]{26}\b")


class Narrator:
    """Tells the story on standard output."""

    def __init__(self) -> None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")
        self._console = Console(highlight=False, markup=False, emoji=False)
        self._seam = "┄" if self._console.encoding.startswith("utf") else "-"
        self._console.width = min(self._console.width, WIDTH) if self._console.is_terminal else WIDTH

    def title(self, words: str, under: str) -> None:
        self._console.print(Panel(Text(under, style="dim"), title=Text(words, style="bold"), box=box.DOUBLE, padding=(0, 1)))

    def chapter(self, words: str) -> None:
        self._console.print()
        self._console.print()
        self._console.print(Rule(Text(words, style="bold"), align="left"))

    def say(self, words: str) -> None:
        self._console.print()
        self._console.print(Text(words))

    def gap(self) -> None:
        self._console.print()

    def typed(self, command: str, printed: str = "") -> None:
        """A command as an operator types it, and what it prints."""
        self._console.print(Text(f"$ {command}", style="bold green"))
        if printed:
            self._console.print(Padding(Text(_visible(printed)), (0, 0, 0, 2)))

    def written(self, how: str, letter: Letter, body: str) -> None:
        """A mail that a person wrote."""
        self._box(how, letter, body, style=_THEIRS, is_ours=False)

    def received(self, whom: str, letter: Letter, body: str) -> None:
        """A letter of the bot, as its reader sees it."""
        self._box(f"to {whom}", letter, body, style=_OURS, is_ours=True)

    @contextmanager
    def waiting(self, words: str) -> Iterator[None]:
        """Something that takes its time; a moving sign where there is a terminal."""
        if not self._console.is_terminal:
            yield
            return
        with self._console.status(Text(words, style="dim")):
            yield

    def item(self, words: str) -> None:
        """One of several, behind a dash."""
        row = Table.grid(padding=(0, 1))
        row.add_row(Text("  -"), Text(words))
        self._console.print(row)

    def command_line(self, words: str) -> None:
        """A command to be copied: on one line, however long."""
        self._console.print(Text(f"  {words}", style="green"), soft_wrap=True)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", padding=(0, 1))
        for row in rows:
            table.add_row(*(Text(_visible(cell)) for cell in row))
        self._console.print(table)

    def verdict(self, is_kept: bool, words: str, otherwise: str = "") -> None:
        """One promise of the story, kept or not."""
        mark = Text("✓", style="green") if is_kept else Text("✗ BROKEN:", style="bold red")
        row = Table.grid(padding=(0, 1))
        row.add_row(mark, Text(words if is_kept or not otherwise else f"{words}; instead: {_visible(otherwise)}"))
        self._console.print(row)

    def last(self, words: str) -> None:
        self._console.print()
        self._console.print(Text(words, style="bold"))

    def _box(self, heading: str, letter: Letter, body: str, *, style: str, is_ours: bool) -> None:
        shown = Table.grid(padding=(0, 1))
        for name in ("Subject",) if is_ours else ("From", "Date", "Subject"):
            shown.add_row(Text(name, style="dim"), Text(_visible(str(letter.message[name])), style="bold" if name == "Subject" else ""))
        text = Text(_visible(body), overflow="fold")
        self._console.print()
        self._console.print(
            Panel(
                Group(shown, Rule(characters=self._seam, style="dim"), text),
                title=Text(heading, style=f"bold {style}"),
                title_align="left",
                border_style=style,
                box=box.ROUNDED if is_ours else box.HEAVY,
                padding=(0, 1),
            )
        )


def _visible(text: str) -> str:
    """Printable characters only, and of the long codes that prove a reader no more than the eye needs."""
    shown = "".join(character if character.isprintable() or character == "\n" else " " for character in text)
    return _CODE.sub(r"\1…", shown)
