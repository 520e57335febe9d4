"""Letters that are owed, and those that have left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Index,
    LargeBinary,
    Text,
    text,
)
from sqlmodel import Field, SQLModel

from bot.shell.tables.conditions import IN_HAND, NEWS, OWED


class LetterRow(SQLModel, table=True):
    """What is owed to one recipient. `once` refuses the same letter twice: one round letter per month and member."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sending', 'unknown', 'sent', 'bounced', 'failed', 'cancelled')", name="state"),
        Index("ix_letter_owed", "priority", "next_try_at", "id", sqlite_where=text(OWED), postgresql_where=text(OWED)),
        Index("ix_letter_in_hand", "id", sqlite_where=text(IN_HAND), postgresql_where=text(IN_HAND)),
        Index("ix_letter_news", "to_address", "case_id", "id", sqlite_where=text(NEWS), postgresql_where=text(NEWS)),
        Index("ix_letter_to", "to_address", "created_at"),
        Index("ix_letter_kind", "kind", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    code: str = Field(unique=True)
    to_address: str
    kind: str
    priority: int
    state: str
    stage: str = ""
    attempts: int = 0
    doubts: int = 0
    leased_by: str = ""
    """Which process has it in hand, or had it last."""
    leased_until: datetime | None = None
    """On the database's clock; another sender may take it after this."""
    last_error: str = Field(default="", sa_type=Text)
    created_at: datetime
    next_try_at: datetime
    sent_at: datetime | None = None
    lost_at: datetime | None = Field(default=None, index=True)
    """When it failed for good or came back."""
    is_told_late: bool = False
    """Staff know that it waits longer than it should."""
    case_id: str | None = Field(default=None, foreign_key="legal_case.id")
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    round_month: str | None = Field(default=None, foreign_key="round.month", index=True)
    question_id: int | None = Field(default=None, foreign_key="question.id")
    arrival_id: int | None = Field(default=None, foreign_key="arrival.id", index=True)
    changed_nothing: bool = False
    once: str | None = Field(default=None, unique=True)


class RawLetterRow(SQLModel, table=True):
    """The bytes of a letter, sealed; apart from its row, which is written anew with every step of its way, as the bytes never are."""

    __tablename__ = "raw_letter"

    letter_id: int = Field(primary_key=True, foreign_key="letter.id")
    content: bytes = Field(sa_type=LargeBinary)


class PostedRow(SQLModel, table=True):
    """A letter that had left before the database was put back to an older state, until it is written once more and recognised."""

    __tablename__ = "posted"

    id: int | None = Field(default=None, primary_key=True)
    message_id: str
    fingerprint: str = Field(index=True)
    kind: str
    case_id: str | None = None
    round_month: str | None = None
    at: datetime
