"""Who has claimed what, when it arrived, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    text,
)
from sqlalchemy import false as sql_false
from sqlmodel import Field, SQLModel

from bot.shell.tables.conditions import LIVE_STATES, PLACED_STATES


class ClaimRow(SQLModel, table=True):
    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint(
            "state IN ('unverified', 'queued', 'held', 'confirmed', 'waitlisted', 'refused', 'released', 'lapsed')", name="state"
        ),
        CheckConstraint(f"({PLACED_STATES}) = (place_no IS NOT NULL)", name="place_iff_placed"),
        CheckConstraint("state = 'held' OR NOT is_offer", name="offer_is_held"),
        CheckConstraint("(agreed_by = '') = (agreed_at IS NULL)", name="agreed_by_somebody"),
        ForeignKeyConstraint(["case_id", "place_no"], ["place.case_id", "place.number"]),
        Index(
            "uq_claim_one_holder_per_place",
            "case_id",
            "place_no",
            unique=True,
            sqlite_where=text(PLACED_STATES),
            postgresql_where=text(PLACED_STATES),
        ),
        Index(
            "uq_claim_one_live_per_member",
            "case_id",
            "member_id",
            unique=True,
            sqlite_where=text(LIVE_STATES),
            postgresql_where=text(LIVE_STATES),
        ),
        Index("ix_claim_case_state", "case_id", "state"),
        Index("ix_claim_member_state", "member_id", "state"),
        Index("ix_claim_state", "state", "case_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="legal_case.id")
    member_id: int = Field(foreign_key="member.id")
    arrival_id: int = Field(foreign_key="arrival.id", index=True)
    arrived_at: datetime
    state: str
    reason: str = ""
    place_no: int | None = None
    entered_at: datetime
    decided_at: datetime | None = None
    hold_until: datetime | None = None
    is_offer: bool = Field(default=False, sa_column_kwargs={"server_default": sql_false()})
    claimed_by: int | None = Field(default=None, foreign_key="member.id")
    agreed_by: str = ""
    agreed_at: datetime | None = None
