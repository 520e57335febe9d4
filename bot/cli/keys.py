"""`firstreply keys`: the keys that client data is sealed with."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.cli.desk import FAILED, JSON, Refusal, counted, open_desk, show_json
from bot.cli.menu import Part

commands = typer.Typer(
    cls=Part,
    help="The keys that client data is sealed with.\n\nExample: firstreply keys copy keys.copy",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="keys")


@commands.command("rotate")
def rotate() -> None:
    """Lock every key with the present master key, also while firstreply runs; after it, former ones may be taken out of the configuration.

    Example: firstreply keys rotate
    """
    with open_desk() as office:
        count, store = office.ledger.keys.rotate(), office.ledger.keys.store.name
    was, has_now = ("was", "is") if count == 1 else ("were", "are")
    print(f"{counted(count, 'key')} in {store} {was} locked with a former master key, and {has_now} locked with the present one now.")


@commands.command("copy")
def copy(file: Path = typer.Argument(..., metavar="FILE", help="A new file for the copy.")) -> None:
    """A copy of the key store as it is now; its keys stay locked with the master key. Keep the newest, apart from the backups.

    Example: firstreply keys copy /media/safe/firstreply.keys
    """
    from bot.shell.ledger import KeyStore

    if file.exists():
        raise Refusal(f"{file} is there already and was left as it is; name another file.")
    if not file.parent.is_dir():
        raise Refusal(f"There is no folder {file.parent}; make it first.")
    with open_desk() as office:
        made = KeyStore(f"sqlite:///{file.resolve()}")
        try:
            made.prepare()
        except OSError as error:
            raise Refusal(f"{file} cannot be written: {error.strerror}.", code=FAILED) from None
        made.copy_from(office.ledger.keys.store)
    print(f"The keys are in {file}, locked as they were.")


@commands.command("months")
def months(as_json: bool = JSON) -> None:
    """The months whose keys are still there: mail of a month that is not listed opens nowhere any more.

    Example: firstreply keys months
    """
    with open_desk() as office:
        found = office.ledger.keys.months()
    if as_json:
        show_json(found)
    for month in () if as_json else found:
        print(month)
