"""Offers to who is next in line, claims in a colleague's name, and members' own limits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = '0003'
branch_labels = None
depends_on = None

# Written as they are, for SQLite adds a column with its constraint in place, while a rebuilt table would lose the others of its own.
_COLUMNS = (
    ("member", "most_open", "INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_member_most_open CHECK (most_open >= 0)"),
    ("claim", "is_offer", "BOOLEAN NOT NULL DEFAULT FALSE CONSTRAINT ck_claim_offer_is_held CHECK (state = 'held' OR NOT is_offer)"),
    ("claim", "claimed_by", "INTEGER CONSTRAINT fk_claim_claimed_by_member REFERENCES member (id)"),
)


def upgrade() -> None:
    for table, column, definition in _COLUMNS:
        op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column} {definition}"))


def downgrade() -> None:
    for table, column, _ in reversed(_COLUMNS):
        op.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column}"))
