"""How tables name their constraints, and the conditions that indexes and queries share word for word."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import SQLModel

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
NEWS = "case_id IS NOT NULL AND kind <> 'bulletin' AND state IN ('queued', 'sending')"
"""Letters to send, letters being sent, and those of both that tell one person of one case."""

PENDING, TO_FILE, UNANSWERED = "disposition = 'pending'", "NOT is_filed", "answer = ''"
"""Messages that wait, those that lie in their folder still, and questions without an answer. Queries use all these very words, or SQLite
would not see that a partial index serves them."""
