"""`firstreply check`: the configuration tried, part by part, and in words what works, what does not and what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, JSON, config_path, read_settings, show_json, visible
from bot.cli.outage import remedy
from bot.cli.screen import Line, show

if TYPE_CHECKING:
    from bot.shell.mailbox import Folder, Mailbox
    from bot.shell.settings import Settings


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(as_json: bool = JSON) -> None:
    """Try configuration, database, templates, both servers, every folder, and alerts; one line each, and what your mailbox can prove.

    Example: firstreply check
    """
    settings = read_settings()
    tried = [(name, attempt(settings)) for name, attempt in _ATTEMPTS if name != "alerts" or _has_alerts(settings)]
    results = [("configuration", Outcome()), *tried]
    if as_json:
        show_json([{"what": name, "ok": not one.faults, **asdict(one)} for name, one in results])
    else:
        lines = [line for name, one in results for line in _lines(name, one)]
        notes = [*(note for _, one in results for note in one.notes), *_advice(settings)]
        show([*lines, *(Line("note", visible(note), "dim") for note in notes)], names=8)
    if any(one.faults for _, one in results):
        sys.exit(FAILED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the way, and what is well to know, a sentence each."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    works: str = ""
    """What was tried and found to work."""
    remedy: str = ""
    """What to do about the faults, where they do not say it themselves."""


def _lines(name: str, one: Outcome) -> list[Line]:
    if not one.faults:
        return [Line("ok", visible(f"{name}: {one.works}" if one.works else name), "green")]
    first, *others = map(visible, one.faults)
    more = [*others, *([f"What to do: {one.remedy}"] if one.remedy else [])]
    return [Line("FAILED", f"{name}: {first}", "bold red"), *(Line("", text) for text in more)]


def _check_database(settings: Settings) -> Outcome:
    from bot.office import open_office
    from bot.shell.ledger import KeysUnfit, LedgerAway, LedgerMoved, LedgerNewer

    ledger = open_office(settings).ledger
    try:
        ledger.migrate()
    except LedgerNewer:
        return Outcome(["it was last used by a later version of firstreply; install that one"])
    except KeysUnfit as unfit:
        return Outcome([str(unfit)])
    except LedgerMoved as moved:
        return Outcome([f"all that was in it was moved to {moved.where}; set database.url to that"])
    except LedgerAway as away:
        return Outcome([remedy(away, ledger.path, config=config_path())])
    finally:
        ledger.close()
    return Outcome(works=f"{ledger.path or 'PostgreSQL'}, up to date")


def _check_templates(settings: Settings) -> Outcome:
    from bot.office import open_office, own, wanting

    typesetter, templates = open_office(settings).typesetter, own(settings, settings.organisation.templates)
    languages = settings.organisation.languages
    lacks = [lack for language in languages for lack in wanting.lacking(language, templates, typesetter)]
    return Outcome(lacks, typesetter.slips(languages), works=f"every letter in {' and '.join(languages)}")


def _check_imap(settings: Settings) -> Outcome:
    """The log-in, every folder, and what the newest mails show of how senders can be proven."""
    from bot.daemon import open_mailbox
    from bot.office import lockout, open_office
    from bot.shell.mailbox import Folder, MailboxAway, MailboxRefused

    office = open_office(settings)
    sent = settings.imap.sent_folder
    watched = [Folder(name, rank) for rank, name in enumerate((*office.folders, *([sent] if sent else [])))]
    try:
        with open_mailbox(office) as mailbox:
            faults = mailbox.faults(watched)
            heads = [head for folder in _telling(settings, mailbox) for head in mailbox.newest_heads(folder, most=SAMPLE)]
    except MailboxAway as away:
        return Outcome([away.reason], remedy=_remedy("imap", is_login=isinstance(away, MailboxRefused), settings=settings))
    lockout.lift(office, "imap")
    works = f"{settings.imap.username} is let in at {settings.imap.host} and can read {' and '.join(folder.name for folder in watched)}"
    return Outcome([fault for fault in faults if fault], _proof_advice(settings, heads[:SAMPLE]), works)


def _remedy(section: str, *, is_login: bool, settings: Settings) -> str:
    """Where to look first."""
    server = settings.imap if section == "imap" else settings.smtp
    if not is_login:
        return f"see that [{section}] host, port and security are right, and that this machine is on the network."
    if server.oauth2:
        return "sign in with “firstreply login”."
    return f"put [{section}] username and password right. Google wants an app password here, Microsoft 365 a sign-in (“firstreply login”)."


def _telling(settings: Settings, mailbox: Mailbox) -> list[Folder]:
    """Folders whose mail is typical: not Junk, and the archive once it is there (filing makes it)."""
    from bot.shell.mailbox import Folder

    folders = [Folder(name) for name in (settings.imap.folder, settings.imap.archive_folder) if name]
    return [folder for folder, fault in zip(folders, mailbox.faults(folders), strict=True) if not fault]


def _proof_advice(settings: Settings, heads: Sequence[bytes]) -> list[str]:
    """What the mails that lie in the mailbox mean for `authserv_id`."""
    from bot.core import parsing, trust

    security = settings.security
    mails = [parsing.read(head, own_address=settings.mailbox.address, is_whole=False) for head in heads]
    border = "" if security.border_received == security.authserv_id else security.border_received
    found = trust.survey(mails, authserv_id=security.authserv_id, border_received=border)
    return trust.advice(found, checks_dkim=security.check_dkim)


def _check_smtp(settings: Settings) -> Outcome:
    import asyncio

    from bot.office import lockout, open_office
    from bot.outbox import senders

    office = open_office(settings)
    address = settings.mailbox.address
    obstacle = asyncio.run(senders(office).relays[0].check(sender=address))
    if obstacle is not None and obstacle.is_sender:
        return Outcome([obstacle.sentence], remedy=_SENDER_REMEDY)
    if obstacle is not None:
        return Outcome([obstacle.sentence], remedy=_remedy("smtp", is_login=obstacle.is_login, settings=settings))
    lockout.lift(office, "smtp")
    who = f"{settings.smtp.username} is let in" if settings.smtp.username else "no log-in is asked for"
    return Outcome(works=f"{who} at {settings.smtp.host}, which takes mail from {address}; nothing was sent")


def _has_alerts(settings: Settings) -> bool:
    return bool(settings.alerts.file or settings.alerts.command or settings.alerts.webhook.get_secret_value())


def _check_alerts(settings: Settings) -> Outcome:
    """The second way is tried in earnest: a line in the file, a word to the program, a post to the webhook."""
    from bot.health import alarm, rehearse
    from bot.office import open_office

    office = open_office(settings)
    told = rehearse(office, alarm(office))
    notes = [f"A test alert was given by [alerts] {way}; see that it arrived." for way, fault in told.items() if not fault]
    return Outcome([fault for fault in told.values() if fault], notes)


_SENDER_REMEDY = (
    "let this account send as [mailbox] address: an alias or “send as” at the provider, or put [mailbox] address or [smtp] username right. "
    "Ask the provider whether the account is blocked."
)
SAMPLE = 30
"""So many of the newest mails show what a provider does, and are read in a moment."""

_ATTEMPTS: tuple[tuple[str, Callable[[Settings], Outcome]], ...] = (
    ("database", _check_database),
    ("templates", _check_templates),
    ("IMAP", _check_imap),
    ("SMTP", _check_smtp),
    ("alerts", _check_alerts),
)


def _advice(settings: Settings) -> list[str]:
    """What the configuration allows and yet deserves a word."""
    from bot.shell.settings import warnings

    silent = (
        [] if _has_alerts(settings) else ["[alerts] is empty: while mail is broken, nobody hears of it but who runs “firstreply status”."]
    )
    return [*warnings(settings), *silent, f"Configuration read from {config_path()}."]
