"""The figures of the service as Prometheus reads them (text exposition format 0.0.4): gauges only, and nothing about any person or case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.health.facts import Facts
from bot.core.health.words import WORDS
from bot.core.model import Finding


def exposition(facts: Facts, found: Sequence[Finding]) -> str:
    """One line a figure, and one for each finding there could be: 1 where it is so."""
    names = {finding.name for finding in found}
    lines = list(_figures(facts))
    lines += ["# HELP firstreply_finding Whether this is wrong now.", "# TYPE firstreply_finding gauge"]
    lines += [f'firstreply_finding{{name="{name}",grade="{grade.value}"}} {int(name in names)}' for name, (grade, _) in WORDS.items()]
    return "\n".join(lines) + "\n"


def _figures(facts: Facts) -> Iterator[str]:
    for name, told, value in (
        ("seen_timestamp_seconds", "When these figures were taken.", facts.now),
        ("mailbox_read_timestamp_seconds", "When the last look began that read every folder to its end.", facts.looked),
        ("letter_sent_timestamp_seconds", "When the mail server last took a letter.", facts.sent),
        ("letters_due", "Letters that are due or in hand.", facts.due.count),
        ("letters_old", "Letters not sent for more than two hours.", facts.old.count),
        ("letters_in_doubt", "Letters whose receipt was lost.", facts.in_doubt),
        ("mails_set_aside", "Mails within a day from nobody on file, forged or unreadable.", facts.set_aside),
        ("cases_undecided", "Cases that could be decided and are not.", facts.undecided.count),
        ("disk_used_percent", "Of the disk with the database.", facts.disk),
        ("mailbox_used_percent", "Of the mailbox, where the server tells.", facts.quota),
    ):
        if value is not None:
            yield f"# HELP firstreply_{name} {told}"
            yield f"# TYPE firstreply_{name} gauge"
            yield f"firstreply_{name} {value.timestamp() if isinstance(value, datetime) else value}"
