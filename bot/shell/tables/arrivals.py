"""Mail that came: where it lay, its bytes, the cases it is about, and what became of each of its lines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy import false as sql_false
from sqlmodel import Field, SQLModel

from bot.shell.tables.conditions import PENDING, TO_FILE


class FolderRow(SQLModel, table=True):
    """How far a folder was read. Every UID up to `last_uid` has its row in `arrival`."""

    __tablename__ = "folder"

    name: str = Field(primary_key=True)
    uidvalidity: int = Field(sa_type=BigInteger)
    last_uid: int = Field(sa_type=BigInteger)
    scanned_from: datetime


class ArrivalRow(SQLModel, table=True):
    __tablename__ = "arrival"
    __table_args__ = (
        UniqueConstraint("folder", "uidvalidity", "uid"),
        CheckConstraint("disposition IN ('pending', 'answered', 'ignored', 'for_staff')", name="disposition"),
        CheckConstraint("proof IN ('', 'none', 'failed', 'domain', 'letter', 'both')", name="proof"),
        Index("ix_arrival_pending", "reason", "arrived_at", sqlite_where=text(PENDING), postgresql_where=text(PENDING)),
        Index("ix_arrival_to_file", "folder", "uidvalidity", "uid", sqlite_where=text(TO_FILE), postgresql_where=text(TO_FILE)),
    )

    id: int | None = Field(default=None, primary_key=True)
    folder: str
    folder_rank: int = 0
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    arrived_at: datetime = Field(index=True)
    entered_at: datetime
    message_id: str = Field(default="", sa_type=Text)
    sender: str = Field(default="", index=True)
    subject: str = Field(default="", sa_type=Text)
    content_key: str = Field(default="", index=True)
    size: int = 0
    disposition: str
    reason: str = Field(default="", sa_type=Text)
    is_filed: bool = False
    is_expunged: bool = Field(default=False, sa_column_kwargs={"server_default": sql_false()})
    """Gone from the mailbox too, when its time had come."""
    proof: str = ""
    """How far the sender was proven; "" where it is nobody on file."""
    bad_codes: int = 0
    """How many codes it brought that we did not write to its sender."""
    raw_sha256: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Of the bytes as they came: the decision log names them by it, also when they are dropped."""


class RawMailRow(SQLModel, table=True):
    """The bytes of a message, sealed; apart from its row so that retention can drop them alone."""

    __tablename__ = "raw_mail"

    arrival_id: int = Field(primary_key=True, foreign_key="arrival.id")
    content: bytes = Field(sa_type=LargeBinary)


class ArrivalCaseRow(SQLModel, table=True):
    """A case that a message is about: with the case, the message's words are erased."""

    __tablename__ = "arrival_case"

    arrival_id: int = Field(primary_key=True, foreign_key="arrival.id")
    case_id: str = Field(primary_key=True, foreign_key="legal_case.id", index=True)


class AnswerLineRow(SQLModel, table=True):
    """One command of a message and what came of it; `outcome` is empty while its claim waits to be settled."""

    __tablename__ = "answer_line"

    arrival_id: int = Field(primary_key=True, foreign_key="arrival.id")
    position: int = Field(primary_key=True)
    command: str
    outcome: str = ""
    case_id: str | None = None
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    facts: Any = Field(default_factory=dict, sa_type=JSON)
    """Sealed, and then one text."""
