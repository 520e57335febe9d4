"""The list of commands as `firstreply --help` shows it: by what one wants to do, each in a whole sentence.

Given the commands, gives the page. A command that no part names stands in the last one, so that none is ever missing.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("To begin", ("demo", "init", "check", "login", "language")),
    ("Every day", ("status", "run", "pause", "resume", "round", "bulletin", "board", "inbox", "outbox")),
    ("People and cases", ("roster", "case", "explain", "report")),
    ("To be safe", ("backup", "verify", "keys", "purge", "move")),
)


class Part(TyperGroup):
    """The commands below a command, each in a whole sentence too."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        rows = [(name, _sentence(command.help)) for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Menu(TyperGroup):
    def format_commands(self, ctx: Any, formatter: Any) -> None:
        named = {name for _, names in PARTS for name in names}
        rest = tuple(name for name in self.list_commands(ctx) if name not in named)
        widest = max(map(len, self.list_commands(ctx)))
        for title, names in (*PARTS, ("Further", rest)):
            rows = [(name.ljust(widest), _sentence(command.help)) for name in names if (command := self.get_command(ctx, name))]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _sentence(text: str | None) -> str:
    """The first one, whole."""
    first = " ".join((text or "").split("\n\n")[0].split())
    return first.partition(". ")[0].rstrip(".") + "."
