"""Whom a case is for, what is known of members, the word of staff on a claim that does not fit, and events that close"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXTS = {"member": ("capacity", "languages", "gender", "region"), "legal_case": ("eligible", "interpreter", "gender", "region"), "claim": ("agreed_by",)}
_YES_OR_NO = {"legal_case": ("is_for_beginners", "is_remote")}
_PER_FIRM = "per_firm >= 0 AND (per_firm = 0 OR closes_at IS NOT NULL)"
_AGREED = "(agreed_by = '') = (agreed_at IS NULL)"


def upgrade() -> None:
    for table, columns in _TEXTS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
    for table, columns in _YES_OR_NO.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Boolean(), nullable=True))
    op.add_column("legal_case", sa.Column("closes_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column("legal_case", sa.Column("closes_is_day", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "sqlite":
        # SQLite takes a new constraint only with a new column; making the table anew would let go of the rows that refer to it.
        op.execute(f"ALTER TABLE claim ADD COLUMN agreed_at DATETIME CONSTRAINT ck_claim_agreed_by_somebody CHECK ({_AGREED})")
        op.execute(f"ALTER TABLE legal_case ADD COLUMN per_firm INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_legal_case_per_firm CHECK ({_PER_FIRM})")
    else:
        op.add_column("claim", sa.Column("agreed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        op.create_check_constraint(op.f("ck_claim_agreed_by_somebody"), "claim", _AGREED)
        op.add_column("legal_case", sa.Column("per_firm", sa.Integer(), nullable=False, server_default="0"))
        op.create_check_constraint(op.f("ck_legal_case_per_firm"), "legal_case", _PER_FIRM)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_claim_agreed_by_somebody"), "claim", type_="check")
        op.drop_constraint(op.f("ck_legal_case_per_firm"), "legal_case", type_="check")
    for column in ("per_firm", "closes_is_day", "closes_at"):
        op.drop_column("legal_case", column)
    op.drop_column("claim", "agreed_at")
    for columns_of in (_YES_OR_NO, _TEXTS):
        for table, columns in columns_of.items():
            for column in columns:
                op.drop_column(table, column)
