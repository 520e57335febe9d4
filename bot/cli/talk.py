"""A conversation at the terminal: what is said, what is asked, and that an answer is asked for again until it will do.

Given the words of one language, speaks them; given a check, repeats the question with the reason. Decides nothing about what is asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import typer

from bot.cli.desk import visible
from bot.cli.screen import terminal, width
from bot.shell.resources import data_dir
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

    @classmethod
    def of(cls, language: str) -> Talk:
        """At this terminal, with the words that ship."""
        return cls(tomllib.loads((data_dir() / "init.toml").read_text(encoding="utf-8"))[language], terminal())

    def step(self, name: str) -> None:
        self.console.print(f"\n[bold]{self.words[name]}[/bold]")

    def say(self, name: str, **facts: object) -> None:
        self._line("  ", self.told(name, **facts))

    def good(self, name: str, **facts: object) -> None:
        self._line("  ✓ ", self.told(name, **facts), style="green")

    def bad(self, name: str, *, why: str = "", **facts: object) -> None:
        """What went wrong, and below it why, where that is another name for words."""
        self._line("  ✗ ", self.told(name, **facts), style="red")
        if why:
            self._line("    ", self.told(why, **facts))

    def wanting(self, name: str, **facts: object) -> None:
        """What somebody has still to do."""
        self._line("  ! ", self.told(name, **facts), style="yellow")

    def show(self, name: str, **facts: object) -> None:
        """What is to be copied: on one line, however long."""
        self.console.print(f"  {self.told(name, **facts)}", soft_wrap=True, markup=False)

    def told(self, name: str, **facts: object) -> str:
        return self.words[name].format(**{key: visible(value) for key, value in facts.items()})

    def ask(self, name: str, *, default: str = "", fit: Fit | None = None, is_hidden: bool = False, may_be_empty: bool = False) -> str:
        """An answer that has no `fit` of its own is fit where it is one line that a person sees the whole of."""
        while True:
            answer = str(typer.prompt(f"  {self.words[name]}", default=default, show_default=bool(default), hide_input=is_hidden)).strip()
            is_wanting = not answer and not may_be_empty
            fault = self.words["needed"] if is_wanting else (fit or self._one_line)(answer)
            if not fault:
                return answer
            self._line("  ✗ ", visible(fault), style="red")

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

    def _one_line(self, answer: str) -> str:
        """What is wrong with it as a value of the configuration."""
        try:
            checks.one_line(answer)
        except ValueError:
            return self.told("not_one_line")
        return ""

    def _line(self, head: str, text: str, *, style: str = "") -> None:
        """Broken as each language breaks its lines, which rich does with words alone; later lines hang under the text."""
        from rich.text import Text

        from bot.shell.letters.layout import fill

        lines = fill(text, indent=" " * len(head), columns=width())
        self.console.print(Text.assemble((head, style), lines[len(head) :]), soft_wrap=True)
