"""`firstreply run` and `demo`: the daemon, and the story that shows it."""

from __future__ import annotations

import logging
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, Refusal, open_desk
from bot.cli.progress import progress_of

if TYPE_CHECKING:
    from bot.office import Office


def register(app: typer.Typer) -> None:
    app.command("run")(run)
    app.command("demo")(demo)


def run(once: bool = typer.Option(False, "--once", help="Read, decide and send what is due, then exit; for cron.")) -> None:
    """Work until stopped: read the mailbox, decide, send.

    Example: firstreply run --once
    """
    from bot import daemon
    from bot.logs import to_standard_error

    _leave_no_core()
    with open_desk(logs=True, unfit=_tell_unfit) as office:
        _refuse_half_a_language(office)
        # Who looks on sees bars for what goes well; in between them a line for each letter would hide both.
        to_standard_error(least=logging.WARNING if once and sys.stderr.isatty() else logging.INFO)
        _rehearse(office)
        if once:
            with progress_of(office):
                faults = daemon.run_once(office)
            if faults:
                raise Refusal(*faults, code=FAILED)
            return
        try:
            daemon.run(office)
        except daemon.AlreadyRunning:
            raise Refusal(
                "Another firstreply is running on this database, and one file has room for one. Stop it first, or use “firstreply run --once”.",
                code=FAILED,
            ) from None


def _tell_unfit(office: Office) -> None:
    """A service that cannot begin looks like one that has nothing to do: somebody has to hear of it."""
    from bot import health

    health.Attendant(office, health.alarm(office)).keeps_closed("keys_unfit")


def _rehearse(office: Office) -> None:
    """Where letters would come out wrong nothing is begun: what is written now is sent as it is, for ever."""
    from bot import health
    from bot.core.health import WORDS, Trouble
    from bot.office import rehearsal

    faults = rehearsal.faults(office)
    if faults:
        health.Attendant(office, health.alarm(office)).attend([Trouble("letters_unfit", office.clock(), faults[0])])
        raise Refusal(WORDS["letters_unfit"][1], *faults, code=FAILED)


def _refuse_half_a_language(office: Office) -> None:
    """A letter that cannot be written when it is due would reach nobody."""
    from bot.core.tongue import SHIPPED
    from bot.office import own, wanting

    templates = own(office.settings, office.settings.organisation.templates)
    for code in office.settings.organisation.languages:
        if code not in SHIPPED and (lacking := list(wanting.lacking(code, templates, office.typesetter))):
            raise Refusal(f"The language {code} is not complete: {lacking[0]}.", "For all that is wanting: firstreply check")


def _leave_no_core() -> None:
    """A crash writes no memory to disk: clients' details and keys may be in it."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def demo(
    keep: Path = typer.Option(None, "--keep", metavar="DIR", help="Leave every mail there, as .eml and HTML."),
    interactive: bool = typer.Option(False, "--interactive", help="Leave the servers up and print the accounts."),
) -> None:
    """The whole story on an embedded mail server: a round, a race, an emergency.

    Example: firstreply demo --keep story
    """
    try:
        from bot.demo import story
    except ModuleNotFoundError as missing:
        if missing.name not in ("pymap", "aiosmtpd", "proxyprotocol", "pysasl"):
            raise
        raise Refusal('The demo needs its embedded mail server: pip install "firstreply[demo]"', code=FAILED) from None
    sys.exit(story.play(keep=keep, is_interactive=interactive))
