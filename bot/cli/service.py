"""`firstreply run`, `status` and `demo`: the daemon, one screen of how it is, and the story that shows it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.desk import FAILED, JSON, Refusal, local, open_desk, show_json

if TYPE_CHECKING:
    from bot.core.model import Outlook
    from bot.office import Office
    from bot.office.vigil import Vigil


def register(app: typer.Typer) -> None:
    app.command("run")(run)
    app.command("status")(status)
    app.command("demo")(demo)


def run(once: bool = typer.Option(False, "--once", help="Read, decide and send what is due, then exit; for cron.")) -> None:
    """Work until stopped: read the mailbox, decide, send.

    Example: firstreply run --once
    """
    from bot import daemon
    from bot.logs import to_standard_error

    with open_desk() as office:
        _refuse_half_a_language(office)
        to_standard_error()
        if once:
            faults = daemon.run_once(office)
            if faults:
                raise Refusal(*faults, code=FAILED)
            return
        try:
            daemon.run(office)
        except daemon.AlreadyRunning:
            raise Refusal(
                "Another firstreply is running on this database. Stop it first, or use “firstreply run --once”.", code=FAILED
            ) from None


def _refuse_half_a_language(office: Office) -> None:
    """A letter that cannot be written when it is due would reach nobody."""
    from bot.core.tongue import SHIPPED
    from bot.office import own, tongues

    templates = own(office.settings, office.settings.organisation.templates)
    for code in office.settings.organisation.languages:
        if code not in SHIPPED and (lacking := list(tongues.lacking(code, templates, office.typesetter))):
            raise Refusal(f"The language {code} is not complete: {lacking[0]}.", "For all that is wanting: firstreply check")


def status(as_json: bool = JSON) -> None:
    """One screen: cases, rounds, mail, and whatever waits for a person.

    Example: firstreply status
    """
    from bot.office import circulars, vigil

    with open_desk() as office, office.ledger.reading() as ledger:
        cases = Counter(case.state for case in ledger.cases.all())
        members = Counter(member.state.value for member in ledger.roster.all())
        past = ledger.rounds.all()
        coming = circulars.outlook(office, ledger)
        inbox, outbox = ledger.arrivals.count_by_disposition(), ledger.outbox.count_by_state()
        filtered = ledger.marks.filtered()
        seen = vigil.look_back(ledger, now=office.clock())
        unanswered = ledger.words.unanswered()
        kept = ledger.past.count_kept()
        contacts = {name: ledger.marks.at(name) for name in ("imap", "smtp", "backup")}
    document: dict[str, Any] = {
        "cases": dict(cases),
        "members": dict(members),
        "last_round": past[-1].month if past else None,
        "next_round": {"month": coming.month, "at": coming.at.isoformat(), "held_by": coming.held_by or None} if coming.at else None,
        "waiting_mail": inbox.get("pending", 0),
        "for_staff": inbox.get("for_staff", 0),
        "filtered": filtered,
        "senders": {
            "mails": seen.lately.mails,
            "checked": seen.lately.checked,
            "usual_percent": seen.before.percent,
            "failed": seen.failed,
            "bad_codes": seen.bad_codes,
        },
        "unanswered": unanswered,
        "kept_back": kept,
        "inbox": inbox,
        "outbox": outbox,
        "last_imap_contact": contacts["imap"].isoformat() if contacts["imap"] else None,
        "last_smtp_contact": contacts["smtp"].isoformat() if contacts["smtp"] else None,
        "last_backup": contacts["backup"].isoformat() if contacts["backup"] else None,
    }
    if as_json:
        show_json(document)
        return
    for name, value in (
        ("Cases", _counts(cases)),
        ("Members", _counts(members)),
        ("Last round", f"{past[-1].month}, {past[-1].letters} letters, {local(office, past[-1].opened_at)}" if past else "none yet"),
        ("Next round", _coming(office, coming)),
        ("Mail in", _counts(inbox)),
        ("Mail out", _counts(outbox)),
        ("Senders", _senders(seen)),
        ("IMAP", f"last read {local(office, contacts['imap'])}" if contacts["imap"] else "never read yet"),
        ("SMTP", f"last letter {local(office, contacts['smtp'])}" if contacts["smtp"] else "nothing sent yet"),
        ("Backup", f"last made {local(office, contacts['backup'])}" if contacts["backup"] else "never made yet"),
        ("For a person", _for_a_person(inbox, outbox, filtered, unanswered, kept)),
    ):
        print(f"{name:14} {value}")


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


def _coming(office: Office, coming: Outlook) -> str:
    if coming.at is None:
        return "none within ten weeks"
    held = f", held back by {coming.held_by}" if coming.held_by else ""
    return f"{coming.month} on {local(office, coming.at)}{held}"


def _senders(seen: Vigil) -> str:
    lately, before = seen.lately, seen.before
    told = [
        f"{lately.checked} of {lately.mails} mails from people on file checked by the mail server in 24 hours",
        f"usually {before.percent} %" if before.mails else "",
        f"{seen.failed} forged" if seen.failed else "",
        f"{seen.bad_codes} codes not ours in an hour" if seen.bad_codes else "",
    ]
    return ", ".join(part for part in told if part) if lately.mails else "no mail from people on file in 24 hours"


def _counts(counts: Counter[str] | dict[str, int]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in sorted(counts.items())) or "none"


def _for_a_person(inbox: dict[str, int], outbox: dict[str, int], filtered: list[str], unanswered: int, kept: int) -> str:
    waiting = [
        f"{unanswered} members whose last mail staff have not answered" if unanswered else "",
        f"{inbox['for_staff']} messages to read (firstreply inbox list)" if inbox.get("for_staff") else "",
        f"{kept} letters kept back that may have been sent before (firstreply outbox send or drop)" if kept else "",
        f"{outbox['failed']} letters that could not be delivered (firstreply outbox list)" if outbox.get("failed") else "",
        *(f"{address} asks senders to prove themselves, so our letters do not arrive there" for address in filtered),
    ]
    return "; ".join(part for part in waiting if part) or "nothing"
