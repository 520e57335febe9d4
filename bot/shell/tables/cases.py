"""The cases, their places, their rounds and circulations, and the log of what was decided on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel


class CaseNumberRow(SQLModel, table=True):
    """The last number given in a year; it only grows, so an id is never given twice."""

    __tablename__ = "case_number"

    year: int = Field(primary_key=True)
    last: int


class CaseRow(SQLModel, table=True):
    """Its texts that may tell who the client is are sealed under the case's key, `key_id`; "" once the case was erased."""

    __tablename__ = "legal_case"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("lifecycle IN ('draft', 'open', 'closed', 'withdrawn', 'expired')", name="lifecycle"),
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("per_firm >= 0 AND (per_firm = 0 OR closes_at IS NOT NULL)", name="per_firm"),
    )

    id: str = Field(primary_key=True)
    year: int
    number: int
    title: str
    summary: str = Field(sa_type=Text)
    kind: str = ""
    language: str = ""
    place: str = ""
    deadline_at: datetime | None = None
    deadline_is_day: bool = False
    time_frame: str = ""
    places: int = 1
    details: str = Field(default="", sa_type=Text)
    conflict_names: str = Field(default="", sa_type=Text)
    contact: str = ""
    lifecycle: str
    is_emergency: bool = False
    approved_at: datetime | None = None
    created_at: datetime
    created_by: str = ""
    eligible: str = ""
    is_for_beginners: bool | None = None
    interpreter: str = ""
    gender: str = ""
    region: str = ""
    is_remote: bool | None = None
    closes_at: datetime | None = None
    closes_is_day: bool = False
    per_firm: int = 0
    key_id: str = ""
    erased_at: datetime | None = None
    log_salt: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    """The key under which the decision log names people of this case; sealed with the case, and gone with it: then nobody can tell any more whom the log means."""


class PlaceRow(SQLModel, table=True):
    """One place of a case. A claim can only be given a place that is here."""

    __tablename__ = "place"

    case_id: str = Field(primary_key=True, foreign_key="legal_case.id")
    number: int = Field(primary_key=True)


class RoundRow(SQLModel, table=True):
    """One month's round; its key being unique is why no month is sent twice."""

    __tablename__ = "round"

    month: str = Field(primary_key=True)
    opened_at: datetime
    opened_by: str
    cases: int
    letters: int


class OfferRow(SQLModel, table=True):
    """One case in one circulation: how long it took from here to a lawyer is told in the month's figures.

    A bulletin is an occasion by its number, counted for each case: of two previews that were shown before it went, one can be sent.
    """

    __tablename__ = "offer"

    case_id: str = Field(primary_key=True, foreign_key="legal_case.id")
    occasion: str = Field(primary_key=True)
    at: datetime


class DecisionRow(SQLModel, table=True):
    """One entry of the decision log: its canonical JSON and the hash of that. Triggers refuse every change, and a number out of turn."""

    __tablename__ = "decision"

    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    case_id: str | None = Field(default=None, index=True)
    content: str = Field(sa_type=Text)
    digest: str
