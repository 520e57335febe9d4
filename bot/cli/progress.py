"""How far a long piece of work is, on standard error and only at a terminal; standard output is left to the answer.

Given what is done and how much of it there is, shows a bar, or without a number that it goes on. Leaves nothing on the screen behind.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from bot.office import Office

Step = Callable[[int], None]
"""So many are done now."""

_PARTS = {"reader": "Reading mail", "decider": "Deciding cases", "sender": "Handing over letters"}


@contextmanager
def progress(doing: str, total: int | None = None) -> Iterator[Step]:
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    with _display(is_counted=bool(total)) as shown:
        task = shown.add_task(doing, total=total, so_far=_so_far(0, total))
        yield lambda done: shown.update(task, completed=done, so_far=_so_far(done, total))


@contextmanager
def progress_of(office: Office, *, letters: int | None = None) -> Iterator[None]:
    """A bar for each part of the office that is at work meanwhile; `letters` are known to be due."""
    if not sys.stderr.isatty():
        yield
        return
    with _display() as shown:
        tasks: dict[str, TaskID] = {}

        def watch(part: str, done: int, total: int) -> None:
            if part not in tasks:
                tasks[part] = shown.add_task(_PARTS[part], total=None, so_far="")
            known = total or (letters if part == "sender" else None)
            shown.update(tasks[part], completed=done, total=known, so_far=_so_far(done, known))

        office.pulse.watch = watch
        yield


def _so_far(done: int, total: int | None) -> str:
    """Of how many, where that is known."""
    return f"{done:>{len(str(total))}}/{total}" if total else str(done)


def _display(*, is_counted: bool = True) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    counted = (BarColumn(), TextColumn("{task.fields[so_far]}")) if is_counted else ()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *counted, TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
