"""A conversation at the terminal: what is said, what is asked, and that an answer is asked for again until it will do.

Given the words of one language, speaks them; given a check, repeats the question with the reason. Decides nothing about what is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import typer

from bot.cli.desk import visible
from bot.shell.settings import checks

if TYPE_CHECKING:
    from rich.console import Console

Fit = Callable[[str], str]
"""What is wrong with an answer, "" where nothing is."""
Next = Literal["again", "server", "without"]
"""After what did not work: the same once more, another server, or on without it."""


@dataclass(slots=True)
class Talk:
    words: Mapping[str, str]
    console: Console

    def step(self, name: str) -> None:
        self.console.print(f"\n[bold]{self.words[name]}[/bold]")

    def say(self, name: str, **facts: object) -> None:
        self._line("  ", self.told(name, **facts))

    def good(self, name: str, **facts: object) -> None:
        self._line("  [green]✓[/green] ", self.told(name, **facts))

    def bad(self, name: str, *, why: str = "", **facts: object) -> None:
        """What went wrong, and below it why, where that is another name for words."""
        self._line("  [red]✗[/red] ", self.told(name, **facts))
        if why:
            self._line("    ", self.told(why, **facts))

    def wanting(self, name: str, **facts: object) -> None:
        """What somebody has still to do."""
        self._line("  [yellow]![/yellow] ", self.told(name, **facts))

    def told(self, name: str, **facts: object) -> str:
        return self.words[name].format(**{key: visible(value) for key, value in facts.items()})

    def ask(self, name: str, *, default: str = "", fit: Fit | None = None, is_hidden: bool = False, may_be_empty: bool = False) -> str:
        while True:
            answer = str(typer.prompt(f"  {self.words[name]}", default=default, show_default=bool(default), hide_input=is_hidden)).strip()
            is_wanting = not answer and not may_be_empty
            fault = self.words["needed"] if is_wanting else fit(answer) if fit else ""
            if not fault:
                return answer
            self._line("  [red]✗[/red] ", visible(fault))

    def choose(self, name: str, options: list[str]) -> int:
        """The place of one of them, from 0."""
        self.say(name)
        for number, option in enumerate(options, 1):
            self._line(f"    {number}  ", option)
        most = len(options)

        def is_one(answer: str) -> str:
            return "" if answer.isdigit() and 0 < int(answer) <= most else self.words["choose_again"].format(most=most)

        return int(self.ask("choose", fit=is_one)) - 1

    def goes_on(self) -> Next:
        """How a person goes on from what does not work."""
        ways: dict[str, Next] = {"s": "server", "k": "without"}
        return ways.get(self.ask("again", may_be_empty=True).lower(), "again")

    def one_line(self, answer: str) -> str:
        """What is wrong with it as a value of the configuration."""
        try:
            checks.one_line(answer)
        except ValueError:
            return self.told("not_one_line")
        return ""

    def _line(self, head: str, text: str) -> None:
        from rich.markup import escape
        from rich.padding import Padding
        from rich.table import Table

        grid = Table.grid(padding=0)
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(head, escape(text))
        self.console.print(Padding(grid, 0))


def terminal() -> Console:
    """What is said to a person; in colour only where there is a terminal that wants it (NO_COLOR)."""
    from rich.console import Console

    return Console(highlight=False)
