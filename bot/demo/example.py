"""What the story starts with: a configuration for the embedded post office, and the example roster and cases.

Given ports, a secret and today, gives the files' content. The deadlines of the example cases are fixed days; they are moved by whole weeks,
all by the same, so that the nearest one is urgent whenever the story is played. Nothing else of the example is changed.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.dates import read_deadline
from bot.core.model import Deadline
from bot.demo.cast import BORDER, DESK, ORGANISATION, STAFF, Cast
from bot.shell import resources, sheets

ZONE: Final = ZoneInfo("Asia/Tokyo")
SETTLE_SECONDS: Final = 2
PREFIX: Final = "JAR"
NEAREST: Final = timedelta(days=7)
"""The nearest deadline lies this far ahead, and less than a week more: within what a round calls urgent."""
_WRITTEN: Final = date(2026, 12, 1)
"""The day from which the example's deadlines look ahead."""

MARK: Final = "# Written by `firstreply demo` for its embedded post office."
"""The first line of every configuration that a story leaves behind."""
_CONFIGURATION: Final = f"""\
{MARK}

[organisation]
name = "{ORGANISATION}"
timezone = "{ZONE.key}"
case_prefix = "{PREFIX}"
contact = "{STAFF.address}"

[mailbox]
address = "{DESK.address}"
display_name = "{DESK.name}"

[imap]
host = "127.0.0.1"
port = %(imap_port)d
security = "none"                 # never leaves this machine
username = "{DESK.address}"
password = "{DESK.password}"
poll_seconds = 5

[smtp]
host = "127.0.0.1"
port = %(smtp_port)d
security = "none"
username = "{DESK.address}"
password = "{DESK.password}"

[round]
preview_hours = 0

[claims]
settle_seconds = {SETTLE_SECONDS}                # two minutes in life

[reports]
daily = ""
monthly = ""

[bulletin]
ladder_days = []                 # the story has an emergency of its own

[security]
secret = %(secret)s
authserv_id = "{BORDER}"

[[staff]]
address = "{STAFF.address}"
name = "{STAFF.name}"
language = "{STAFF.language}"
"""


def configuration(*, imap_port: int, smtp_port: int, secret: str) -> str:
    """A whole firstreply.toml."""
    return _CONFIGURATION % {"imap_port": imap_port, "smtp_port": smtp_port, "secret": json.dumps(secret)}


def roster() -> bytes:
    return (resources.data_dir() / "example" / "roster.csv").read_bytes()


def cast() -> Cast:
    """The people on that roster."""
    return Cast.of(row.cells for row in sheets.read(roster(), "roster.csv").rows)


def cases(*, today: date) -> bytes:
    """The example cases as CSV, their deadlines ahead of today."""
    table = sheets.read((resources.data_dir() / "example" / "cases.yaml").read_bytes(), "cases.yaml")
    rows = [dict(row.cells) for row in table.rows]
    deadlines = {row.line: _deadline(row.cells["deadline"]) for row in table.rows}
    move = weeks_ahead([_day(one) for one in deadlines.values() if one], today=today)
    for cells, deadline in zip(rows, deadlines.values(), strict=True):
        cells["deadline"] = _written(deadline, move) if deadline else cells["deadline"]
    return sheets.write_csv(list(table.header), [[cells[name] for name in table.header] for cells in rows])


def weeks_ahead(days: list[date], *, today: date) -> timedelta:
    """By how many whole weeks to move these days, so that the first of them comes `NEAREST` after today or soon after.

    >>> weeks_ahead([date(2027, 1, 15), date(2027, 6, 4)], today=date(2031, 7, 1))
    datetime.timedelta(days=1638)
    """
    missing = today + NEAREST - min(days)
    return timedelta(weeks=-(-missing.days // 7))


def _deadline(text: str) -> Deadline | None:
    found = read_deadline(text, zone=ZONE, today=_WRITTEN)
    return found if isinstance(found, Deadline) else None


def _day(deadline: Deadline) -> date:
    return (deadline.at.astimezone(ZONE) - timedelta(seconds=1 if deadline.is_day else 0)).date()


def _written(deadline: Deadline, move: timedelta) -> str:
    day = (_day(deadline) + move).isoformat()
    return day if deadline.is_day else f"{day} {_clock(deadline.at)}"


def _clock(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%H:%M")
