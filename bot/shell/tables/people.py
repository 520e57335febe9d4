"""Who is on the roster, and under which addresses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Index,
)
from sqlmodel import Field, SQLModel


class MemberRow(SQLModel, table=True):
    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("state IN ('applied', 'active', 'paused', 'suspended', 'left')", name="state"),
        CheckConstraint("most_open >= 0", name="most_open"),
        Index("ix_member_state", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    firm: str = ""
    language: str
    roles: str = ""
    state: str
    paused_until: datetime | None = None
    joined_at: datetime
    most_open: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    capacity: str = ""
    languages: str = ""
    gender: str = ""
    region: str = ""


class AddressRow(SQLModel, table=True):
    """Every address of a member, the main one too: no address belongs to two people."""

    __tablename__ = "member_address"

    address: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    position: int = 0
