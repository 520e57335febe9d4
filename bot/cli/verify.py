"""`firstreply verify`: the decision log against itself, the rule, the tables, the mails that are kept, and the head in a letter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, JSON, Refusal, counted, local, open_desk, show_json
from bot.cli.progress import progress

if TYPE_CHECKING:
    from bot.office import Office
    from bot.office.audit import Report
    from bot.shell.ledger import Transaction


def register(app: typer.Typer) -> None:
    app.command("verify")(verify)


def verify(
    head: str | None = typer.Option(
        None, "--head", metavar='"N HASH"', help="As a letter prints it: shows whether the log was cut off or written anew."
    ),
    as_json: bool = JSON,
) -> None:
    """Decide everything once more from the stored arrivals, and check the decision log. Exit code 1 where something does not fit.

    Example: firstreply verify --head "17 3f2a 9c1e 77b0 1d4e"
    """
    from bot.office import audit

    printed = None if head is None else audit.printed_head(head)
    if head is not None and printed is None:
        raise Refusal('A head is the number and the hash that a letter prints, as in: --head "17 3f2a 9c1e 77b0 1d4e"')
    with open_desk() as office, office.ledger.reading() as ledger:
        with progress("Deciding once more", ledger.decisions.head().number) as step:
            report = audit.check(ledger, printed=printed, progress=step)
        went_back = _went_back(office, ledger) if report.fault and printed else []
    if as_json:
        _show(report)
    elif report.fault is None:
        since = f" ({report.erased_since} of them since this copy was made)" if report.erased_since else ""
        erased = f" {counted(report.erased, 'erased case')}{since}: chain and rule alone." if report.erased else ""
        print(
            f"All fits: {counted(report.head.number, 'entry', 'entries')} about {counted(report.cases, 'case')}. "
            f"{counted(report.decided, 'decision')} taken once more, {counted(report.mails, 'mail')} compared.{erased}"
        )
        print(f"The log ends at entry {report.head.number}, {report.head.short}.")
    if report.fault is not None:
        raise Refusal(report.fault.sentence, *went_back, code=FAILED)


def _went_back(office: Office, ledger: Transaction) -> list[str]:
    """A log that goes on from a backup has other entries than the letters of the time between name: that is no tampering."""
    from bot.office import standstill

    restored = ledger.marks.noted(standstill.RESTORED)
    if restored is None or not restored.note:
        return []
    then, now = local(office, datetime.fromisoformat(restored.note)), local(office, restored.at)
    return [
        f"This database was put back at {now} to its state of {then}: what letters of the time between name was lost with it. "
        "Take the head of a letter from before or from after."
    ]


def _show(report: Report) -> None:
    """What was not counted, because the chain had a fault before, is null."""

    def known(number: int) -> int | None:
        return number if report.has_counted else None

    show_json(
        {
            "fits": report.fault is None,
            "head": {"number": report.head.number, "hash": report.head.digest},
            "cases": known(report.cases),
            "erased_cases": known(report.erased),
            "erased_since": known(report.erased_since),
            "decided_again": known(report.decided),
            "mails_compared": known(report.mails),
            "fault": {"entry": report.fault.number, "sentence": report.fault.sentence} if report.fault else None,
        }
    )
