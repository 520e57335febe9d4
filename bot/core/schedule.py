"""When a cron schedule last came true, in a zone whose clocks may jump.

An hour that the clocks skip comes true when they have jumped; one that they repeat comes true once (as cron itself does it).
Reads no clock: now is given.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim


def last_due(schedule: str, zone: ZoneInfo, *, after: datetime, now: datetime) -> datetime | None:
    """The latest moment (UTC) at which the schedule came true after `after` and up to `now`; None where there was none.

    Of several missed moments only the last is given: the calendar is caught up once.
    """
    next_minute = now.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    found = next(CronSim(schedule, next_minute.astimezone(zone), reverse=True), None)
    moment = found.astimezone(UTC) if found else None
    return moment if moment is not None and moment > after else None
