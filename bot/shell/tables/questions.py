"""What was asked and answered, what waits for a yes, and what people wrote to each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from bot.shell.tables.conditions import UNANSWERED


class QuestionRow(SQLModel, table=True):
    __tablename__ = "question"
    __table_args__ = (
        Index("ix_question_unanswered", "question", "asked_at", sqlite_where=text(UNANSWERED), postgresql_where=text(UNANSWERED)),
    )

    id: int | None = Field(default=None, primary_key=True)
    question: str
    to_address: str = Field(index=True)
    case_id: str | None = Field(default=None, foreign_key="legal_case.id")
    content_key: str = ""
    arrival_ids: list[int] = Field(default_factory=list, sa_type=JSON)
    asked_at: datetime
    expires_at: datetime | None = None
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    bulletins: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many bulletins about the case had gone out when it was asked."""


class QuestionCaseRow(SQLModel, table=True):
    """One of several cases that a question is about, in the order in which they were shown."""

    __tablename__ = "question_case"
    __table_args__ = (UniqueConstraint("question_id", "position"),)

    question_id: int = Field(primary_key=True, foreign_key="question.id")
    case_id: str = Field(primary_key=True, foreign_key="legal_case.id", index=True)
    position: int


class ProposalRow(SQLModel, table=True):
    """A change of a case that waits for its YES: the new texts by field. It goes when the question is answered."""

    __tablename__ = "proposal"

    question_id: int = Field(primary_key=True, foreign_key="question.id")
    texts: Any = Field(default_factory=dict, sa_type=JSON)
    """Sealed, and then one text."""


class ApprovalRow(SQLModel, table=True):
    """One staff member's SEND to a preview; the same person counts once."""

    __tablename__ = "approval"

    question_id: int = Field(primary_key=True, foreign_key="question.id")
    staff: str = Field(primary_key=True)
    at: datetime


class WordsRow(SQLModel, table=True):
    """One mail of what a member and staff write to each other. `staff` is who wrote it, "" for the member.

    A mail is passed on once: it is its own key. Only words of staff may wait, for the question whether they shall go.
    """

    __tablename__ = "words"
    __table_args__ = (
        CheckConstraint("(staff = '') = (answers_id IS NULL)", name="staff_answer_a_mail"),
        CheckConstraint("staff <> '' OR sent_at IS NOT NULL", name="a_members_words_never_wait"),
    )

    arrival_id: int = Field(primary_key=True, foreign_key="arrival.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    staff: str = ""
    answers_id: int | None = Field(default=None, foreign_key="arrival.id", index=True)
    sent_at: datetime | None = None
