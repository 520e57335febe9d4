"""How the service itself stands: marks, who leads, and which machines there are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    Table,
)
from sqlmodel import Field, SQLModel


class MarkRow(SQLModel, table=True):
    """Single moments worth keeping: the first start, the last contact with each server. What was noted about a case is sealed."""

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_prefix", "name", postgresql_ops={"name": "text_pattern_ops"}),)

    name: str = Field(primary_key=True)
    at: datetime
    note: str = ""


class LeaderRow(SQLModel, table=True):
    """The one row of who leads, where several daemons share a database. `term` only grows: who was leader under an older one is none."""

    __tablename__ = "leader"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    term: int = Field(sa_type=BigInteger)
    name: str = ""
    since: datetime
    until: datetime


class ReplicaRow(SQLModel, table=True):
    """A daemon that shares this database with others."""

    __tablename__ = "replica"

    name: str = Field(primary_key=True)
    since: datetime
    seen_at: datetime


def lasting_tables() -> list[Table]:
    """Every table in the order of its foreign keys, but those that tell only of processes running now: no copy takes them along."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in (LeaderRow.__tablename__, ReplicaRow.__tablename__)]
