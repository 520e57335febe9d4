"""What decisions ask of the letters' tables, thousands of times in a burst of claims, worded once; what the sender asks stands in `sending`.

Statements with their values left open: to word one anew takes ten times as long as to have it answered. They see the tables as the
database does, so whoever executes one has flushed before. Knows no rule; the pages say what each is for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Insert,
    Table,
    Update,
    and_,
    bindparam,
    case,
    exists,
    insert,
    or_,
    select,
    text,
    update,
)

from bot.core.model import TELLS_STANDING
from bot.shell.ledger.dialect import insert_for
from bot.shell.tables import (
    OWED,
    AnswerLineRow,
    ArrivalCaseRow,
    ArrivalRow,
    CaseRow,
    ClaimRow,
    LetterRow,
    MarkRow,
    RawLetterRow,
)

TELL_HOW_ONE_STANDS = ("asks_staff", "case_changed", "confirmation", "hold", "hold_reminder", "offer", "waitlisted")
"""The kinds of letters that tell a member how they stand with a case; with the file, or the names for a conflict check."""
SHOW_THE_FILE = ("case_changed", "confirmation")
"""The kinds of letters that show whoever has a case what only they may know of it."""
STAGE_LEASED = "leased"
STAGE_DATA = "data"
"""The body is about to be sent: from here on a lost connection leaves the outcome unknown."""
STAGE_KEPT = "kept"
"""It may have left before the database went back; it goes only at a word of staff."""
STAGE_HELD_BACK = "overtaken"
"""An answer to several commands, and one of its lines is no longer so: it goes when it has been written anew."""
WAITS = (STAGE_KEPT, STAGE_HELD_BACK)
"""Owed, and not to be sent as it is."""

_ROWS = (LetterRow, RawLetterRow, ArrivalRow, AnswerLineRow, ClaimRow, ArrivalCaseRow, CaseRow)
_LETTER, _RAW, _ARRIVAL, _LINE, _CLAIM, _CONCERNS, _CASE = (cast(Table, cast(Any, row).__table__) for row in _ROWS)
_TIME = _LETTER.c.created_at.type


def _at(name: str) -> BindParameter[Any]:
    return bindparam(name, type_=_TIME)


def _these(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


def places(name: str, count: int) -> list[BindParameter[Any]]:
    """For a statement about so many: a list of any length is put together anew whenever it is asked, which takes as long as all the rest."""
    return [bindparam(f"{name}_{place}") for place in range(count)]


def in_places(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """What stands in these `places`."""
    return {f"{name}_{place}": value for place, value in enumerate(values)}


_IS_OWED = and_(_LETTER.c.state == "queued", _LETTER.c.stage != STAGE_KEPT)
_HAS_NOT_LEFT = or_(_IS_OWED, and_(_LETTER.c.state == "sending", _LETTER.c.stage == STAGE_LEASED))
"""Whoever has it in hand finds the lease gone before a byte of it leaves."""


def _cancelled(why: str) -> Update:
    """`why` is what the listing says of each."""
    return update(_LETTER).where(_HAS_NOT_LEFT).values(state="cancelled", stage="", last_error=why)


_MEMBERS, _CASES = (select(column).where(_CLAIM.c.id.in_(_these("claims"))) for column in (_CLAIM.c.member_id, _CLAIM.c.case_id))
STANDING_CHANGED = _cancelled("overtaken: its reader stands otherwise with the case by now").where(
    _LETTER.c.member_id.in_(_MEMBERS), _LETTER.c.case_id.in_(_CASES), _LETTER.c.kind.in_((*TELL_HOW_ONE_STANDS, "bulletin"))
)
"""Nobody is called to what they have, or have had."""
_OF_CASE = _LETTER.c.case_id == bindparam("case")
CALLED_OFF = _cancelled("called off: the case is over").where(_LETTER.c.kind == "bulletin", _OF_CASE)
WITHHELD = _cancelled("withheld: the case was withdrawn").where(_LETTER.c.kind.in_(SHOW_THE_FILE), _OF_CASE)
SPARED = _cancelled("called off: its reader has paused, or left the roster").where(
    _LETTER.c.member_id == bindparam("member"), _LETTER.c.kind.in_(("bulletin", "round"))
)
SUPERSEDED = _cancelled("overtaken: a later letter says what is so by now").where(
    _LETTER.c.once.startswith(bindparam("about", type_=_LETTER.c.once.type), autoescape=False)
)
WAITING_AT = (
    select(_LETTER.c.id, _LETTER.c.code, _RAW.c.content, (_LETTER.c.stage == STAGE_HELD_BACK).label("is_to_be_written"))
    .join(_RAW, _RAW.c.letter_id == _LETTER.c.id)
    .where(_HAS_NOT_LEFT, _LETTER.c.member_id == bindparam("member"), _LETTER.c.to_address == bindparam("address"))
    .where(_LETTER.c.kind != "address_changed")
)
"""What tells both addresses of the change stays where it was to go."""
_STAYS_HELD_BACK = case((_LETTER.c.stage == STAGE_HELD_BACK, STAGE_HELD_BACK), else_="")
REDIRECTED = (
    update(_LETTER)
    .where(_LETTER.c.id == bindparam("letter"), _HAS_NOT_LEFT)
    .values(to_address=bindparam("to"), state="queued", stage=_STAYS_HELD_BACK, last_error="", next_try_at=_at("now"))
    .returning(_LETTER.c.id)
)
_HELD_BACK = (
    update(_LETTER)
    .where(_LETTER.c.kind == "transcript", _HAS_NOT_LEFT, _LETTER.c.doubts == 0)
    .values(state="queued", stage=STAGE_HELD_BACK)
)
"""The rest of it is still to be told. One that may have left keeps its words: no letter is there in two versions."""


def _has_line(of_case: ColumnElement[bool], outcome: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(_LINE.c.arrival_id).where(_LINE.c.arrival_id == _LETTER.c.arrival_id, of_case, outcome)


_CLAIMANTS = select(_CLAIM.c.member_id).where(_CLAIM.c.case_id == bindparam("case"))
STANDING_CHANGED_IN_PART = _HELD_BACK.where(
    _LETTER.c.member_id.in_(_MEMBERS), _has_line(_LINE.c.case_id.in_(_CASES), _LINE.c.outcome.in_(TELLS_STANDING))
)
_OF_THIS_CASE = _LINE.c.case_id == bindparam("case")
WITHHELD_IN_PART = _HELD_BACK.where(_LETTER.c.member_id.in_(_CLAIMANTS), _has_line(_OF_THIS_CASE, _LINE.c.outcome == "confirmed"))
_MAILS_ABOUT = select(_CONCERNS.c.arrival_id).where(_CONCERNS.c.case_id == bindparam("case"))
_ERASED = select(_CASE.c.id).where(_CASE.c.erased_at.is_not(None))
ERASED_IN_PART = _HELD_BACK.where(
    _LETTER.c.arrival_id.in_(_MAILS_ABOUT), _has_line(_LINE.c.case_id.is_not(None), _LINE.c.case_id.not_in(_ERASED))
).returning(_LETTER.c.id, _LETTER.c.to_address)
"""An answer that tells of other cases, too, which are still there."""
TO_WRITE_ANEW = select(_LETTER.c.id, _LETTER.c.member_id).where(text(OWED), _LETTER.c.stage == STAGE_HELD_BACK).order_by(_LETTER.c.id)
WRITTEN_ANEW = update(_LETTER).where(_LETTER.c.id == bindparam("letter")).values(stage="", case_id=bindparam("of"))
CODE_OF = select(_LETTER.c.code).where(_LETTER.c.id == bindparam("letter"))
REWRITTEN = update(_RAW).where(_RAW.c.letter_id == bindparam("letter")).values(content=bindparam("bytes"))
LAST_FILE = (
    select(_LETTER.c.state)
    .where(_LETTER.c.member_id == bindparam("member"), _OF_CASE, _LETTER.c.created_at >= _at("since"))
    .where(or_(_LETTER.c.kind == "confirmation", and_(_LETTER.c.kind.in_(SHOW_THE_FILE), _LETTER.c.state == "cancelled")))
    .order_by(_LETTER.c.id.desc())
    .limit(1)
)
"""How the last letter with the whole file stands; a change of it that never left is none, and was not in an earlier one."""
FILE_OVERTAKEN = (
    select(_LETTER.c.id)
    .where(_LETTER.c.member_id == bindparam("member"), _LETTER.c.kind == "transcript", _LETTER.c.created_at >= _at("since"))
    .where(_has_line(_OF_THIS_CASE, _LINE.c.outcome == "overtaken"))
    .limit(1)
)
"""An answer to several commands that was to bring the file, and was written anew without it."""
NEW = insert(_LETTER)
KEPT = insert(_RAW).values(
    letter_id=select(_LETTER.c.id).where(_LETTER.c.code == bindparam("of")).scalar_subquery(), content=bindparam("content")
)
POSTED = "id message_id to_address kind state attempts last_error created_at sent_at case_id arrival_id round_month".split()
BEHIND = select(*(_LETTER.c[name] for name in (*POSTED, "code", "question_id"))).where(_LETTER.c.code.in_(_these("codes")))
"""The letters behind codes: what is told of each, in the order of `Posted`, its code, and the question that it asks."""
CONTENTS = select(_LETTER.c.code, _RAW.c.content).join(_RAW, _RAW.c.letter_id == _LETTER.c.id).where(_LETTER.c.code.in_(_these("codes")))
_TOLD_IN_MANY = select(_LINE.c.arrival_id).where(_LINE.c.case_id == bindparam("case"), _LINE.c.outcome == "held")
HOLD_LETTER = (
    select(*(_LETTER.c[name] for name in ("id", "state", "attempts", "last_error", "created_at", "sent_at")))
    .where(_LETTER.c.member_id == bindparam("member"), _LETTER.c.created_at >= _at("since"))
    .where(
        or_(
            and_(_LETTER.c.case_id == bindparam("case"), _LETTER.c.kind == bindparam("kind")),
            and_(_LETTER.c.kind == "transcript", _LETTER.c.arrival_id.in_(_TOLD_IN_MANY)),
        )
    )
    .order_by(_LETTER.c.id.desc())
    .limit(1)
)
"""The last letter to a member that told until when a place is kept; an answer to several commands has the hour in a line."""
NAMES_SHOWN = (
    select(_HAS_NOT_LEFT.label("waits"))
    .where(_LETTER.c.member_id == bindparam("member"), _LETTER.c.state.not_in(("cancelled", "failed")))
    .where(
        or_(
            and_(_OF_CASE, _LETTER.c.kind.in_(("hold", "hold_reminder"))),
            and_(_LETTER.c.kind == "transcript", _LETTER.c.arrival_id.in_(_TOLD_IN_MANY)),
        )
    )
)
"""Whether each letter that showed a member the names for a check is still to leave."""
LATER_ONE_SENT = select(_LETTER.c.id).where(_LETTER.c.id > bindparam("letter"), _LETTER.c.sent_at <= _at("since")).limit(1)
"""Whether the mail server has taken what was written after a letter; by its number, as an old letter may leave late itself."""
STATE_OF = select(_LETTER.c.state).where(_LETTER.c.message_id == bindparam("message_id"))


@cache
def mark(dialect: str) -> Insert:
    """A moment put on record, in place of the one that its name had."""
    entry = insert_for(dialect, MarkRow)
    return entry.on_conflict_do_update(index_elements=["name"], set_={"at": entry.excluded.at, "note": entry.excluded.note})
