"""Who gets the case: first come, first served.

Three rooms: `sharing` is the rule that gives the places; `hours` says when it may be asked, and until when a place is kept; `line` who
came first, and why each claim stands as it does.
"""

from bot.core.claims.hours import came_at, ends_at, is_over, is_ripe, kept_until, ripe_at
from bot.core.claims.line import (
    BY_MEMBER,
    CONFLICT_FOUND,
    FIRM_OVERTAKEN,
    FIRM_SERVED,
    FIRST_ABLE,
    OUT_OF_TURN,
    PASSED_OVER,
    STAFF_CHOSE,
    TAKEN_BACK,
    given_by,
    how_it_came,
    in_order,
    is_asked,
    others_in_line,
    ranks,
    somebody_waits,
    standing,
    waiting_places,
)
from bot.core.claims.sharing import LONG_WAIT, NEAR_DEADLINE, NEAR_DEADLINE_HANDED_BACK, Firms, settle

__all__ = [
    "BY_MEMBER",
    "CONFLICT_FOUND",
    "FIRM_OVERTAKEN",
    "FIRM_SERVED",
    "FIRST_ABLE",
    "LONG_WAIT",
    "NEAR_DEADLINE",
    "NEAR_DEADLINE_HANDED_BACK",
    "OUT_OF_TURN",
    "PASSED_OVER",
    "STAFF_CHOSE",
    "TAKEN_BACK",
    "Firms",
    "came_at",
    "ends_at",
    "given_by",
    "how_it_came",
    "in_order",
    "is_asked",
    "is_over",
    "is_ripe",
    "kept_until",
    "others_in_line",
    "ranks",
    "ripe_at",
    "settle",
    "somebody_waits",
    "standing",
    "waiting_places",
]
