"""README in both languages, CONTRIBUTING.md and docs/ as they stand, the fenced blocks on them, and the commands that there are to tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from bot.cli import app

ROOT = Path(__file__).parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*sorted(ROOT.glob("[RC][EO]*.md")), *sorted(ROOT.glob("docs/*.md"))]
}
WRITTEN = "\n".join(PAGES.values())
UNIT = ROOT / "data" / "systemd" / "firstreply.service"


def blocks(kind: str) -> list[str]:
    """The fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", WRITTEN, re.MULTILINE | re.DOTALL)


def leaves(group: Any, path: str = "firstreply") -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it."""
    for name, command in group.commands.items():
        here = f"{path} {name}"
        yield from leaves(command, here) if hasattr(command, "commands") else [(here, command)]


COMMANDS = dict(leaves(typer.main.get_command(app)))
