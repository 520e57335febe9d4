"""What the sender asks of the letters' tables, with every few letters of a circulation: which are due, whose they are, what became of them.

Worded once, as in `wording`. Words of ours stand in these statements, and only what differs from one time to the next is left open: where
a value left open might decide whether a partial index serves, SQLite words the statement anew for each, which takes longer than to answer.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    String,
    Table,
    Update,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    text,
    update,
)

from bot.shell.ledger.wording import STAGE_DATA, STAGE_KEPT, STAGE_LEASED, WAITS, places
from bot.shell.tables import IN_HAND, NEWS, OWED, ArrivalRow, LetterRow, RawLetterRow

_LETTER, _RAW, _ARRIVAL = (cast(Table, cast(Any, row).__table__) for row in (LetterRow, RawLetterRow, ArrivalRow))
_TIME = _LETTER.c.created_at.type


def _at(name: str) -> BindParameter[Any]:
    return bindparam(name, type_=_TIME)


def _said(word: str) -> ColumnElement[str]:
    """A word of ours, none that anybody gave."""
    return literal_column(f"'{word}'", String)


_NOTHING, _NONE, _ONE = _said(""), literal_column("0", Integer), literal_column("1", Integer)


def in_turn(since: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    """What is told of a case is read in the order of its happening: "you are in line" never comes after "it is yours".

    So a letter waits for every earlier one about its case to the same person, however urgent it is itself; but no longer for one that was
    put off, if that is older than `since`. A bulletin waits for none, and nothing waits for a bulletin or a letter in doubt, given up or
    kept back.
    """
    earlier = _LETTER.alias()
    to_same = (earlier.c.to_address == _LETTER.c.to_address, earlier.c.case_id == _LETTER.c.case_id, earlier.c.id < _LETTER.c.id)
    is_waited_for = or_(earlier.c.attempts == _NONE, earlier.c.state == _said("sending"), earlier.c.created_at > since)
    to_come = exists(earlier.c.id).where(text(NEWS), *to_same, earlier.c.stage != _said(STAGE_KEPT), is_waited_for)
    return or_(_LETTER.c.kind == _said("bulletin"), ~to_come)


_IS_FRESH = and_(_LETTER.c.created_at > _at("now"), _LETTER.c.attempts == _NONE, _LETTER.c.last_error == _NOTHING)
_IS_DUE = or_(_LETTER.c.next_try_at <= _at("now"), _IS_FRESH, _LETTER.c.next_try_at > _at("far"))
"""By its time; or, where the clock was ahead when it was written or last tried, at once: no letter waits for what the clock once said."""

_TO_SEND = "id code message_id to_address kind attempts doubts created_at case_id round_month once".split()
DUE = (
    select(*(_LETTER.c[name] for name in _TO_SEND), _RAW.c.content, _ARRIVAL.c.content_key)
    .join(_RAW, _RAW.c.letter_id == _LETTER.c.id, isouter=True)
    .join(_ARRIVAL, _ARRIVAL.c.id == _LETTER.c.arrival_id, isouter=True)
    .where(text(OWED), _IS_DUE, _LETTER.c.stage.not_in(list(map(_said, WAITS))), in_turn(_at("since")))
    .order_by(_LETTER.c.priority, _LETTER.c.next_try_at, _LETTER.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=_LETTER, skip_locked=True)
)
DUE_OF_KIND = DUE.where(_LETTER.c.kind == bindparam("kind"))


@lru_cache(maxsize=64)
def taken(count: int) -> Update:
    """So many letters, in the places `letter`."""
    leased = {"leased_by": bindparam("by"), "leased_until": _at("until")}
    return _these(count).values(state=_said("sending"), stage=_said(STAGE_LEASED), attempts=_LETTER.c.attempts + _ONE, **leased)


@lru_cache(maxsize=64)
def sent(count: int) -> Update:
    """So many letters, in the places `letter`."""
    return _these(count).values(state=_said("sent"), stage=_NOTHING, sent_at=_at("now"), last_error=_NOTHING)


def _these(count: int) -> Update:
    return update(_LETTER).where(_LETTER.c.id.in_(places("letter", count)))


LEFT_IN_HAND = select(_LETTER.c.id, _LETTER.c.stage, _LETTER.c.doubts).where(text(IN_HAND))
LEASE_RUN_OUT = LEFT_IN_HAND.where(or_(_LETTER.c.leased_until.is_(None), _LETTER.c.leased_until < _at("now")))
LEASE_RUN_OUT = LEASE_RUN_OUT.with_for_update(skip_locked=True)
_THIS = update(_LETTER).where(_LETTER.c.id == bindparam("letter"))
OWED_AGAIN = _THIS.values(state="queued", stage="")
IN_DOUBT = _THIS.values(
    state="unknown",
    stage="",
    doubts=_LETTER.c.doubts + 1,
    next_try_at=_at("again"),
    last_error="stopped before the server's reply was read",
)
_IS_HELD = (
    _LETTER.c.id == bindparam("letter"),
    _LETTER.c.attempts == bindparam("tries"),
    _LETTER.c.leased_by == bindparam("by"),
    text(IN_HAND),
)
HELD = select(_LETTER.c.id).where(*_IS_HELD).with_for_update()
BODY_BEGINS = update(_LETTER).where(*_IS_HELD).values(stage=_said(STAGE_DATA), leased_until=_at("until"))
PUT_BACK = update(_LETTER).where(*_IS_HELD).values(state="queued", stage="", attempts=_LETTER.c.attempts - 1)
