"""A line of an answer, told when things may have moved on since it had its outcome: an answer waits for its last line, and then for its mail server.

Given the line, the member's claim on its case now, and whether the case has been withdrawn. Decides nothing about the case.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.model import TELLS_STANDING, Claim, Line

OVERTAKEN = "overtaken"


def as_it_stands(line: Line, mine: Claim | None, *, is_withdrawn: bool = False) -> Line:
    """The line; one that is overtaken tells how its case stands instead, and one about a place that is kept names the hour of now.

    `mine` is the member's claim that lives, None where there is none. The file of a withdrawn case is for nobody.
    """
    told = TELLS_STANDING.get(line.outcome)
    if told is None:
        return line
    if mine is None or mine.standing != told or (is_withdrawn and told == "confirmed" and not mine.is_for_event):
        return replace(line, outcome=OVERTAKEN)
    return replace(line, facts={**line.facts, "hold_until": mine.hold_until.isoformat()}) if mine.hold_until else line
