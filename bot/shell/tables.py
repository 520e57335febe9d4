"""Rows, and the promises that the database itself keeps.

What must never be is refused here, by constraint: two holders of one place, two live claims of one member on one case, a message
entered twice, a round opened twice, a letter owed twice. Read and written by the ledger alone; no row leaves `shell/`.
Every name and type is one that SQLite and PostgreSQL both take.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy import false as sql_false
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention

PLACED_STATES = "state IN ('held', 'confirmed')"
LIVE_STATES = "state IN ('queued', 'held', 'confirmed', 'waitlisted')"

OWED, IN_HAND = "state IN ('queued', 'unknown')", "state = 'sending'"
PUT_OFF = "attempts > 0 AND state IN ('queued', 'sending')"
"""Letters to send, letters being sent, and those tried and not yet over."""

PENDING, TO_FILE, UNANSWERED = "disposition = 'pending'", "NOT is_filed", "answer = ''"
"""Messages that wait, those that lie in their folder still, and questions without an answer. Queries use all these very words, or SQLite
would not see that a partial index serves them."""


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


class LetterRow(SQLModel, table=True):
    """What is owed to one recipient. `once` refuses the same letter twice: one round letter per month and member."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sending', 'unknown', 'sent', 'bounced', 'failed', 'cancelled')", name="state"),
        Index("ix_letter_owed", "priority", "next_try_at", "id", sqlite_where=text(OWED), postgresql_where=text(OWED)),
        Index("ix_letter_in_hand", "id", sqlite_where=text(IN_HAND), postgresql_where=text(IN_HAND)),
        Index("ix_letter_put_off", "to_address", "case_id", "id", sqlite_where=text(PUT_OFF), postgresql_where=text(PUT_OFF)),
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
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    case_id: str | None = Field(default=None, foreign_key="legal_case.id")
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    round_month: str | None = Field(default=None, foreign_key="round.month", index=True)
    question_id: int | None = Field(default=None, foreign_key="question.id")
    arrival_id: int | None = Field(default=None, foreign_key="arrival.id", index=True)
    changed_nothing: bool = False
    once: str | None = Field(default=None, unique=True)


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


class RoundRow(SQLModel, table=True):
    """One month's round; its key being unique is why no month is sent twice."""

    __tablename__ = "round"

    month: str = Field(primary_key=True)
    opened_at: datetime
    opened_by: str
    cases: int
    letters: int


class DecisionRow(SQLModel, table=True):
    """One entry of the decision log: its canonical JSON and the hash of that. Triggers refuse every change, and a number out of turn."""

    __tablename__ = "decision"

    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    case_id: str | None = Field(default=None, index=True)
    content: str = Field(sa_type=Text)
    digest: str


class OfferRow(SQLModel, table=True):
    """One case in one circulation: how long it took from here to a lawyer is told in the month's figures.

    A bulletin is an occasion by its number, counted for each case: of two previews that were shown before it went, one can be sent.
    """

    __tablename__ = "offer"

    case_id: str = Field(primary_key=True, foreign_key="legal_case.id")
    occasion: str = Field(primary_key=True)
    at: datetime


class FolderRow(SQLModel, table=True):
    """How far a folder was read. Every UID up to `last_uid` has its row in `arrival`."""

    __tablename__ = "folder"

    name: str = Field(primary_key=True)
    uidvalidity: int = Field(sa_type=BigInteger)
    last_uid: int = Field(sa_type=BigInteger)
    scanned_from: datetime


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
