"""`firstreply init` and `firstreply check`: the configuration written, and tried."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import DEFAULT_CONFIG, FAILED, JSON, Refusal, config_path, read_settings, show_json, visible

if TYPE_CHECKING:
    from bot.shell.settings import Settings


def register(app: typer.Typer) -> None:
    app.command("init")(init)
    app.command("check")(check)


def init(folder: Path = typer.Argument(Path(), metavar="[DIR]", help="Where to write it; this folder if none is named.")) -> None:
    """Write a commented firstreply.toml with a fresh secret; nothing that is there is overwritten.

    Example: firstreply init /etc/firstreply
    """
    from bot.shell.settings import sample

    path = folder / DEFAULT_CONFIG
    if path.exists():
        raise Refusal(f"{path} is there already; nothing was changed. Edit it, or move it away first.")
    answers = _ask() if sys.stdin.isatty() and sys.stdout.isatty() else {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}.", code=FAILED) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(sample(secrets.token_urlsafe(32), **answers))
    print(f"{path} is written, with a secret of its own. Fill in what it asks for, then: firstreply --config {path} check")


def _ask() -> dict[str, str]:
    """The few things that only a person can know; what is left empty is filled in later, in the file."""
    print("A few questions; press Return to leave one for later.")
    return {
        name: answer
        for name, question in (
            ("organisation_name", "Name of the organisation"),
            ("organisation_contact", "Address of the person behind the bot"),
            ("mailbox_address", "Address of the bot's own mailbox"),
            ("imap_host", "IMAP server"),
            ("smtp_host", "SMTP server"),
        )
        if (answer := typer.prompt(question, default="", show_default=False).strip())
    }


def check(as_json: bool = JSON) -> None:
    """Try configuration, database, templates and both servers; one line each.

    Example: firstreply check
    """
    settings = read_settings()
    results: list[tuple[str, list[str]]] = [("configuration", [])] + [(name, attempt(settings)) for name, attempt in _ATTEMPTS]
    if as_json:
        show_json([{"what": name, "ok": not faults, "faults": faults} for name, faults in results])
    else:
        for name, faults in results:
            print(f"{'ok' if not faults else 'FAILED':7} {name}{': ' if faults else ''}{visible(' '.join(faults))}")
        for sentence in _advice(settings):
            print(f"note    {sentence}")
    if any(faults for _, faults in results):
        sys.exit(FAILED)


def _check_database(settings: Settings) -> list[str]:
    from bot.office import open_office
    from bot.shell.ledger import LedgerAway, LedgerNewer

    ledger = open_office(settings).ledger
    try:
        ledger.migrate()
    except LedgerNewer:
        return ["it was last used by a later version of firstreply; install that one"]
    except LedgerAway as away:
        return [f"it cannot be used: {away}"]
    finally:
        ledger.close()
    return []


def _check_templates(settings: Settings) -> list[str]:
    from bot.office import open_office

    typesetter = open_office(settings).typesetter
    return [f"{language} lacks {name}" for language in settings.organisation.languages for name in typesetter.missing(language)]


def _check_imap(settings: Settings) -> list[str]:
    from bot.daemon import open_mailbox
    from bot.office import open_office
    from bot.shell.mailbox import Folder

    office = open_office(settings)
    return open_mailbox(office).check([Folder(name, rank) for rank, name in enumerate(office.folders)])


def _check_smtp(settings: Settings) -> list[str]:
    import asyncio

    from bot.office import open_office
    from bot.outbox import senders

    return asyncio.run(senders(open_office(settings)).relays[0].check())


_ATTEMPTS: tuple[tuple[str, Callable[[Settings], list[str]]], ...] = (
    ("database", _check_database),
    ("templates", _check_templates),
    ("IMAP", _check_imap),
    ("SMTP", _check_smtp),
)


def _advice(settings: Settings) -> list[str]:
    """What the configuration allows and yet deserves a word."""
    from bot.shell.settings import warnings

    return [*warnings(settings), f"Configuration read from {config_path()}."]
