"""What staff bring in waits for a word: when a case was approved, the cases of a table, the changes that wait.

A case that is or was open has been approved. One that ended is counted so only where its history, or the command line that brought it,
says that it was ever open: in doubt it is shown to staff once more before it opens again.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_APPROVED = """
UPDATE legal_case SET approved_at = created_at
WHERE lifecycle IN ('open', 'expired')
   OR (lifecycle <> 'draft' AND created_by = 'command line')
   OR (lifecycle <> 'draft' AND EXISTS (
        SELECT 1 FROM mark WHERE mark.name LIKE 'case ' || legal_case.id || ' %' AND mark.note LIKE '%opened by %'))
"""


def upgrade() -> None:
    op.create_table(
        "question_case",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["legal_case.id"], name=op.f("fk_question_case_case_id_legal_case")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_case_question_id_question")),
        sa.PrimaryKeyConstraint("question_id", "case_id", name=op.f("pk_question_case")),
        sa.UniqueConstraint("question_id", "position", name=op.f("uq_question_case_question_id_position")),
    )
    with op.batch_alter_table("question_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_case_case_id"), ["case_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_proposal_question_id_question")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_proposal")),
    )
    op.add_column("legal_case", sa.Column("approved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute(_APPROVED)


def downgrade() -> None:
    op.drop_column("legal_case", "approved_at")
    op.drop_table("proposal")
    op.drop_table("question_case")
