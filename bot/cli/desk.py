"""What every command shares: the configuration, the office, refusals in plain sentences, and tables that fit the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.outage import remedy
from bot.cli.screen import spread

if TYPE_CHECKING:
    from bot.office import Office
    from bot.shell.settings import Settings

DEFAULT_CONFIG = "firstreply.toml"
USAGE, FAILED = 2, 1

_ENOUGH = 12
"""Columns in which a long piece of Japanese reads well."""
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")
"""The option of every listing."""


class Refusal(Exception):
    """The command cannot be done; each sentence says what is wrong and what to do."""

    def __init__(self, *sentences: str, code: int = USAGE) -> None:
        super().__init__(*sentences)
        self.sentences = sentences
        self.code = code


@dataclass(slots=True)
class _Chosen:
    config: str = ""


_chosen = _Chosen()


def take_config(words: list[str]) -> list[str]:
    """The command line without `--config FILE`, which may stand before or after the command."""
    _chosen.config, rest = "", []
    pending = iter(words)
    for word in pending:
        if word == "--":
            rest += [word, *pending]
        elif word == "--config":
            _chosen.config = next(pending, "")
            if not _chosen.config:
                print("--config needs a file behind it, as in: firstreply --config /etc/firstreply.toml status", file=sys.stderr)
                sys.exit(USAGE)
        elif word.startswith("--config="):
            _chosen.config = word.removeprefix("--config=")
        else:
            rest.append(word)
    return rest


def config_path() -> Path:
    """The configuration file that counts: --config, else $FIRSTREPLY_CONFIG, else ./firstreply.toml."""
    return Path(_chosen.config or os.environ.get("FIRSTREPLY_CONFIG", "") or DEFAULT_CONFIG)


def read_settings() -> Settings:
    """The configuration, or a refusal that names all that is wrong with it."""
    from bot.shell.settings import SettingsError, load

    try:
        return load(config_path(), os.environ)
    except SettingsError as error:
        raise Refusal(*error.sentences) from None


@contextmanager
def open_desk(*, has_keys: bool = True, logs: bool = False, unfit: Callable[[Office], None] = lambda _: None) -> Iterator[Office]:
    """The office, its database brought up to date. Without keys, for what opens nothing of clients.

    Where nothing `logs`, a template that turned out spoilt is told here. `unfit` is told where the keys do not fit, before the command is refused.
    """
    from bot.office import open_office
    from bot.shell.ledger import KeysUnfit, LedgerAway, LedgerMoved, LedgerNewer

    office = open_office(read_settings())
    try:
        office.ledger.migrate(has_keys=has_keys)
        yield office
        for place in () if logs else office.typesetter.spoilt:
            print(f"A letter template of your own cannot be used, so ours takes its place. It is: {place}", file=sys.stderr)
    except LedgerNewer:
        raise Refusal("The database was last used by a later version of firstreply. Install that version or a newer one.") from None
    except KeysUnfit as found:
        unfit(office)
        raise Refusal(str(found)) from None
    except LedgerMoved as moved:
        raise Refusal(
            f"All that was in this database was moved to {moved.where} and goes on there; nothing was done. Set database.url in {config_path()}.",
            code=FAILED,
        ) from None
    except LedgerAway as away:
        raise Refusal(remedy(away, office.ledger.path, config=config_path()), code=FAILED) from None
    finally:
        office.ledger.close()


def show_json(document: Any) -> None:
    """One JSON document, nothing else. Its text is as harmless to a terminal as `visible` makes a table's, and means the same."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    print("".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text))


def write_table(content: bytes, file: Path | None, *, told: str) -> None:
    """A finished table into a file that only its owner may read, or to standard output; `told` is said beside it, never in it."""
    if file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        file.touch(mode=0o600)
        file.write_bytes(content)
    except OSError as error:
        raise Refusal(f"{file} cannot be written: {error.strerror}.", code=FAILED) from None
    print(f"{told} written to {file}.", file=sys.stderr)


def show_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str) -> None:
    """A table as wide as the terminal; plain and unwrapped where there is none."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if not rows:
        print(empty)
        return
    cells = [[visible(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
        for row in cells:
            table.add_row(*row)
        Console(width=240, no_color=True).print(table, markup=False, highlight=False)
        return
    # At a terminal room is dear: a column without a word is left out. Where even the longest words do not fit beside each other, each row
    # is told line by line: an address that is broken is none.
    told = [place for place, name in enumerate(columns) if any(row[place] for row in cells)]
    needed = {
        place: max(_needed(word) for text in (columns[place], *(row[place] for row in cells)) for word in text.split() or [""])
        for place in told
    }
    console = Console()
    if sum(needed.values()) + 2 * len(told) >= console.width:
        names = 2 + max(len(columns[place]) for place in told)
        for number, row in enumerate(cells):
            print(end="\n" if number else "")
            spread([(columns[place], row[place]) for place in told if row[place]], names=names)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for place in told:
        table.add_column(columns[place], overflow="fold", min_width=needed[place] + 1)  # its padding counts
    for row in cells:
        table.add_row(*(row[place] for place in told))
    console.print(table, markup=False, highlight=False)


def _needed(word: str) -> int:
    """Columns that it wants at least; Japanese may break anywhere."""
    return len(word) if word.isascii() else min(2 * len(word), _ENOUGH)


def visible(value: object) -> str:
    """A value fit for a terminal: one line, no control, format or escape characters (ATTACKS I-11, I-12)."""
    text = "" if value is None else str(value)
    return "".join(character if character.isprintable() else " " for character in text)


def counted(number: int, one: str, many: str = "") -> str:
    """How many of something there are, in words that agree.

    >>> counted(1, "letter"), counted(2, "entry", "entries")
    ('1 letter', '2 entries')
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def local(office: Office, moment: Any, *, seconds: bool = False) -> str:
    """A moment in the organisation's zone, for people."""
    return "" if moment is None else moment.astimezone(office.rules.zone).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def read_file(path: Path) -> bytes:
    """The file's bytes, or a refusal in words."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no file {path}.") from None
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from None
