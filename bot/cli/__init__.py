"""What an operator can ask. Every command has help with an example; a mistake gets one sentence and never a traceback.

Listings take `--json`: one document on standard output and nothing else there. What the commands do is done by the walks and the ledger;
here is only asking, showing, and the exit code: 0 done, 1 failed while working, 2 wrong usage, input or configuration.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import metadata

import typer

from bot import logs
from bot.cli import (
    adding,
    board,
    cases,
    check,
    desk,
    erasing,
    explaining,
    keeping,
    keys,
    language,
    login,
    moving,
    post,
    report,
    roster,
    rounds,
    service,
    setup,
    standstill,
    status,
    verify,
)
from bot.cli.desk import Refusal
from bot.cli.menu import Menu
from bot.cli.outage import of_machine

app = typer.Typer(
    cls=Menu,
    name="firstreply",
    help="Places urgent legal cases by e-mail: sends the round, takes the claims, gives each case to the first to answer.\n\nExample: firstreply --config /etc/firstreply/firstreply.toml status",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(is_asked: bool) -> None:
    if is_asked:
        print(f"firstreply {metadata.version('firstreply')}")
        raise typer.Exit


@app.callback()
def _everywhere(
    config: str = typer.Option(
        "", "--config", metavar="FILE", help="The configuration; default $FIRSTREPLY_CONFIG, else ./firstreply.toml."
    ),
    _version: bool = typer.Option(False, "--version", is_eager=True, callback=_say_version, help="Say which version this is, and end."),
) -> None:
    """Options that every command takes. `main` has read --config already, wherever it stood."""


for part in (
    setup,
    check,
    login,
    standstill,
    language,
    roster,
    adding,
    cases,
    erasing,
    explaining,
    rounds,
    post,
    report,
    keeping,
    keys,
    moving,
    status,
    verify,
    board,
    service,
):
    part.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """The `firstreply` command."""
    gc.set_threshold(20_000)  # looking through modules while they load costs a tenth of the start, and they stay anyway
    logs.quiet()
    words = desk.take_config(list(sys.argv[1:] if arguments is None else arguments))
    try:
        app(words, prog_name="firstreply", standalone_mode=True)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            print(sentence, file=sys.stderr)
        sys.exit(refusal.code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OSError, ModuleNotFoundError) as fault:
        if not (sentence := of_machine(fault, config=desk.config_path())):
            raise _stopped(fault) from None
        print(sentence, file=sys.stderr)
        sys.exit(desk.FAILED if getattr(fault, "errno", None) == errno.ENOSPC else desk.USAGE)
    except Exception as fault:
        raise _stopped(fault) from None


def _stopped(fault: Exception) -> SystemExit:
    logs.stopped(fault)
    return SystemExit(desk.FAILED)
