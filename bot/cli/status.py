"""`firstreply status`: one screen of how it is. What is wrong comes first, in plain words; a fault gives the exit code 1."""

from __future__ import annotations

import contextlib
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.desk import FAILED, JSON, Refusal, counted, local, open_desk, show_json, visible
from bot.cli.screen import Line, painted, show, width

if TYPE_CHECKING:
    from bot.cli.overview import Overview
    from bot.core.model import Finding, Outlook
    from bot.office import Office
    from bot.office.leading import Crew
    from bot.office.vigil import Vigil

WATCH_SECONDS = 5


def register(app: typer.Typer) -> None:
    app.command("status")(status)


def status(
    as_json: bool = JSON,
    watch: bool = typer.Option(False, "--watch", help="Keep the screen up to date, until Ctrl-C; at a terminal."),
) -> None:
    """One screen: what is wrong, cases, rounds, mail, and whatever waits for a person. Exit code 1 while a fault holds mail up.

    Example: firstreply status --watch
    """
    if watch:
        if as_json or not sys.stdout.isatty():
            raise Refusal(
                "--watch wants a terminal, and no --json beside it; for machines there are [health] metrics_port and status --json."
            )
        _watch()
        return
    document, lines, code = _look()
    if as_json:
        show_json(document)
    else:
        show(lines)
    sys.exit(code)


def _watch() -> None:
    """The same screen, afresh every few seconds. Ctrl-C gives the terminal back as it was."""
    from rich.live import Live
    from rich.text import Text

    with contextlib.suppress(KeyboardInterrupt), Live(screen=True, auto_refresh=False) as live:
        while True:
            _, lines, _ = _look()
            until = f"{datetime.now():%H:%M:%S}, every {WATCH_SECONDS} s. Ctrl-C ends it."
            live.update(Text.assemble(*painted([*lines, Line("", ""), Line("Seen", until)])), refresh=True)
            time.sleep(WATCH_SECONDS)


def _look() -> tuple[dict[str, Any], list[Line], int]:
    """All that is to be shown, for machines and for people, and the exit code."""
    from bot.cli import overview

    with open_desk() as office:
        with office.ledger.reading() as ledger:
            seen = overview.read(office, ledger)
        return overview.document(seen), _screen(office, seen), FAILED if seen.has_fault else 0


def _screen(office: Office, seen: Overview) -> list[Line]:
    lines = _findings(office, seen.found)
    if seen.paused:
        since = f"since {local(office, seen.paused)}: mail is taken in, nothing is decided or sent; firstreply resume ends it"
        lines.append(Line("PAUSED", since, "yellow"))
    return [*lines, *(Line(name, visible(value), "dim") for name, value in _rows(office, seen) if value)]


def _rows(office: Office, seen: Overview) -> list[tuple[str, str]]:
    """What there always is to tell, and what there sometimes is ("" where not)."""
    past, last = seen.past, seen.last
    return [
        ("Cases", _counts(seen.cases)),
        ("Members", _counts(seen.members)),
        ("Last round", f"{past.month}, {counted(past.letters, 'letter')}, {local(office, past.opened_at)}" if past else "none yet"),
        ("Next round", _coming(office, seen.coming)),
        ("Mail in", _counts(seen.inbox)),
        ("Mail out", _counts(seen.outbox)),
        ("Senders", _senders(seen.senders)),
        ("Daemon", f"last sign of life {local(office, seen.beat)}" if seen.beat else "not running"),
        ("Machines", _machines(office, seen.crew) if seen.crew.members else ""),
        ("IMAP", f"last read {local(office, last['imap'])}" if last["imap"] else "never read yet"),
        ("SMTP", f"last letter {local(office, last['smtp'])}" if last["smtp"] else "nothing sent yet"),
        ("Sign-in", f"ends {local(office, seen.signin_ends)}" if seen.signin_ends else ""),
        ("Backup", f"last made {local(office, last['backup'])}" if last["backup"] else "never made yet"),
        ("For a person", _for_a_person(seen)),
    ]


def _findings(office: Office, found: Sequence[Finding]) -> list[Line]:
    """The faults and notices, each with its hour and what to do; a line where there is none."""
    if not found:
        return [Line("Health", "well", "green"), Line("", "")]
    lines = []
    for finding in found:
        whose = "It is" if finding.name in ("template_spoilt", "renumbered") else "The server said"
        said = f" {whose}: {visible(finding.detail)}" if finding.detail else ""
        first, *others = textwrap.wrap(f"{finding.sentence}{said}", width() - 15)
        lines.append(Line(finding.grade.value.upper(), first, "bold red" if finding.grade == "fault" else "yellow"))
        lines += [Line("", text) for text in (*others, f"Since {local(office, finding.since)}.")]
    return [*lines, Line("", "")]


def _coming(office: Office, coming: Outlook) -> str:
    if coming.at is None:
        return "none within ten weeks"
    held = f", held back by {coming.held_by}" if coming.held_by else ""
    return f"{coming.month} on {local(office, coming.at)}{held}"


def _senders(seen: Vigil) -> str:
    lately, before = seen.lately, seen.before
    told = [
        f"{lately.checked} of {counted(lately.mails, 'mail')} from people on file checked by the mail server in 24 hours",
        f"usually {before.percent} %" if before.mails else "",
        f"{seen.failed} forged" if seen.failed else "",
        f"{counted(seen.bad_codes, 'code')} not ours in an hour" if seen.bad_codes else "",
    ]
    return ", ".join(part for part in told if part) if lately.mails else "no mail from people on file in 24 hours"


def _machines(office: Office, crew: Crew) -> str:
    """Who of several daemons reads and decides, and who is there beside it."""
    leader = crew.leader
    leads = f"{leader.name} leads since {local(office, leader.since)}" if leader else "nobody leads just now"
    is_alone = not any(one.is_alive for one in crew.followers)
    silent = (
        "" if crew.is_led or leader is None else f", and is silent: {'nobody is there to take over' if is_alone else 'another takes over'}"
    )
    others = [
        f"{one.name} {'follows' if one.is_alive else 'is gone'}, last seen {local(office, one.seen_at, seconds=True)}"
        for one in crew.followers
    ]
    return "; ".join([leads + silent, *others])


def _counts(counts: Counter[str] | dict[str, int]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in sorted(counts.items())) or "none"


def _misfits(cases: Sequence[str]) -> str:
    """The case of each claim that does not fit it, in words."""
    return f"{counted(len(cases), 'claim')} on {', '.join(dict.fromkeys(cases))} that {'does' if len(cases) == 1 else 'do'} not fit"


def _for_a_person(seen: Overview) -> str:
    unread, undelivered = seen.inbox.get("for_staff", 0), seen.outbox.get("failed", 0)
    awaited = seen.awaited
    waiting = [
        f"staff are asked about {', '.join(awaited.previews)} by a preview" if awaited.previews else "",
        f"staff are asked about a change of {', '.join(awaited.changes)}" if awaited.changes else "",
        f"{counted(len(awaited.applicants), 'applicant')} for the roster" if awaited.applicants else "",
        _misfits([case_id for case_id, _ in awaited.misfits]) if awaited.misfits else "",
        *(f"the round {month}, held back by {who}" for month, who in awaited.rounds),
        f"{counted(seen.unanswered, 'member')} whose last mail staff have not answered" if seen.unanswered else "",
        f"{counted(unread, 'message')} to read (firstreply inbox list)" if unread else "",
        f"{counted(seen.kept, 'letter')} kept back that may have been sent before (firstreply outbox send or drop)" if seen.kept else "",
        f"{counted(undelivered, 'letter')} that could not be delivered (firstreply outbox list; firstreply outbox send)"
        if undelivered
        else "",
        *(f"{address} asks senders to prove themselves, so our letters do not arrive there" for address in seen.filtered),
    ]
    return "; ".join(part for part in waiting if part) or "nothing"
