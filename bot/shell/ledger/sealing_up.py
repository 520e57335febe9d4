"""A database of an earlier version: what it keeps open is sealed, once, in small transactions that a stop may fall between.

The mark `unsealed`, left by the step that made room for sealing, says that there is something to do, and how far it has come. At the
end the file is written anew, so that no page of it holds what stood there before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Engine, LargeBinary, func, text
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from bot.shell import sealing
from bot.shell.ledger.arrivals import content_place, subject_place
from bot.shell.ledger.case_rows import SEALED, text_place
from bot.shell.ledger.engine import begin
from bot.shell.ledger.keys import Keys
from bot.shell.ledger.leases import letter_place
from bot.shell.ledger.lines import command_place, facts_place
from bot.shell.ledger.marks import note_place
from bot.shell.ledger.questions import texts_place
from bot.shell.ledger.seal import Seal
from bot.shell.tables import (
    AnswerLineRow,
    ArrivalCaseRow,
    ArrivalRow,
    CaseRow,
    LetterRow,
    MarkRow,
    ProposalRow,
    QuestionRow,
    RawLetterRow,
    RawMailRow,
)

UNSEALED = "unsealed"
AT_ONCE = 200
_STEPS = ("cases", "arrivals", "letters", "proposals", "rewrite")


def seal_what_is_open(engine: Engine, deciding: Callable[[], AbstractContextManager[Any]], keys: Keys) -> None:
    """Until the mark is gone; at once where there is none."""
    while True:
        with engine.connect() as connection, begin(connection, is_writing=False):
            found = connection.execute(text("SELECT note FROM mark WHERE name = :name"), {"name": UNSEALED}).first()
        if found is None:
            return
        if str(found.note).startswith("rewrite"):
            _rewrite(engine)
        with deciding() as ledger:
            _one_batch(ledger.session, Seal(ledger.session, keys))


def keys_needed(session: Session) -> set[str]:
    """By every case, and by the mail and the letter that were sealed last: a store that is another, or older, lacks one of these."""
    needed = set(session.exec(select(CaseRow.key_id).where(CaseRow.key_id != "")).all())
    mail = select_columns(_head(RawMailRow.content)).order_by(col(RawMailRow.arrival_id).desc())
    letter = select_columns(_head(RawLetterRow.content)).order_by(col(RawLetterRow.letter_id).desc())
    for found in (mail, letter):
        sealed = session.execute(found.limit(1)).scalar()
        with contextlib.suppress(sealing.Broken):  # as an earlier version kept it
            needed |= {one.hex() for one in sealing.key_ids(sealed)} if sealed else set()
    return needed


def _head(content: Any) -> Any:
    """Enough of a sealed value to tell its keys: a mail may have megabytes."""
    return func.substr(content, 1, 4096, type_=LargeBinary)


def _one_batch(session: Session, seal: Seal) -> None:
    mark = session.get(MarkRow, UNSEALED, with_for_update=True)
    if mark is None:
        return
    step, _, last = (mark.note or f"{_STEPS[0]} 0").partition(" ")
    if step == _STEPS[-1]:
        session.delete(mark)
        return
    done = {"cases": _cases, "arrivals": _arrivals, "letters": _letters, "proposals": _proposals}[step](session, seal, int(last))
    mark.note = f"{step} {done}" if done else f"{_STEPS[_STEPS.index(step) + 1]} 0"
    session.add(mark)


def _cases(session: Session, seal: Seal, _last: int) -> int:
    """Each with its history; gives 0 when none is left."""
    rows = session.exec(select(CaseRow).where(CaseRow.key_id == "", col(CaseRow.erased_at).is_(None)).limit(AT_ONCE)).all()
    for row in rows:
        row.key_id, row.conflict_names = seal.new_case(row.id), row.conflict_names.strip()
        for name in SEALED:
            setattr(row, name, seal.close_text(getattr(row, name), where=text_place(name, row.id), about=[row.id]))
        for mark in session.exec(select(MarkRow).where(col(MarkRow.name).startswith(f"case {row.id} ", autoescape=True))).all():
            mark.note = seal.close_text(mark.note, where=note_place(mark.name), about=[row.id])
    return len(rows)


def _arrivals(session: Session, seal: Seal, last: int) -> int:
    """Each with its bytes and the lines of its answer."""
    rows = session.exec(select(ArrivalRow).where(col(ArrivalRow.id) > last).order_by(col(ArrivalRow.id)).limit(AT_ONCE)).all()
    for row in rows:
        number = row.id or 0
        about = session.exec(select(ArrivalCaseRow.case_id).where(ArrivalCaseRow.arrival_id == number)).all()
        row.subject = seal.close_text(row.subject, where=subject_place(number), about=about)
        raw = session.get(RawMailRow, number)
        if raw is not None:
            raw.content = seal.close(raw.content, where=content_place(number), about=about)
        for line in session.exec(select(AnswerLineRow).where(AnswerLineRow.arrival_id == number)).all():
            concerned = [line.case_id] if line.case_id else about
            line.command = seal.close_text(line.command, where=command_place(number, line.position), about=concerned)
            line.facts = seal.close_facts(line.facts, where=facts_place(number, line.position), about=concerned)
    return (rows[-1].id or 0) if rows else 0


def _letters(session: Session, seal: Seal, last: int) -> int:
    found = select(LetterRow, RawLetterRow).join(RawLetterRow, col(RawLetterRow.letter_id) == LetterRow.id)
    rows = session.exec(found.where(col(LetterRow.id) > last).order_by(col(LetterRow.id)).limit(AT_ONCE)).all()
    for letter, raw in rows:
        raw.content = seal.close(raw.content, where=letter_place(letter.code), about=_told_of(session, letter))
    return rows[-1][1].letter_id if rows else 0


def _told_of(session: Session, letter: LetterRow) -> Iterator[str]:
    """The cases of a letter: its own, and those of the message that it answers."""
    if letter.case_id:
        yield letter.case_id
        yield from session.exec(select(ArrivalCaseRow.case_id).where(ArrivalCaseRow.arrival_id == letter.arrival_id)).all()


def _proposals(session: Session, seal: Seal, _last: int) -> int:
    """All together: there are as many as changes that wait for their YES."""
    for row in session.exec(select(ProposalRow)).all():
        about = [session.get_one(QuestionRow, row.question_id).case_id or ""]
        row.texts = seal.close_facts(row.texts, where=texts_place(row.question_id), about=about)
    return 0


_REWRITTEN = "legal_case, raw_mail, arrival, answer_line, raw_letter, letter, proposal, mark"


def _rewrite(engine: Engine) -> None:
    """The tables as if they had never held anything else."""
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM (FULL) {_REWRITTEN}"))
        return
    raw = engine.raw_connection()
    try:
        for command in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(command).fetchall()
    finally:
        raw.close()
