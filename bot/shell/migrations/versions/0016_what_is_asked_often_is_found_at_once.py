"""What every look, every settlement and every tick asks is found by an index, however much has been entered before"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

PENDING = sa.text("disposition = 'pending'")
TO_FILE = sa.text('NOT is_filed')
UNANSWERED = sa.text("answer = ''")


def upgrade() -> None:
    op.create_index('ix_arrival_pending', 'arrival', ['reason', 'arrived_at'], sqlite_where=PENDING, postgresql_where=PENDING)
    op.create_index('ix_arrival_to_file', 'arrival', ['folder', 'uidvalidity', 'uid'], sqlite_where=TO_FILE, postgresql_where=TO_FILE)
    op.create_index('ix_claim_state', 'claim', ['state', 'case_id'])
    op.create_index('ix_question_unanswered', 'question', ['question', 'asked_at'], sqlite_where=UNANSWERED, postgresql_where=UNANSWERED)
    op.create_index('ix_member_state', 'member', ['state'])
    op.create_index('ix_letter_kind', 'letter', ['kind', 'created_at'])
    # In a collation other than C, PostgreSQL finds what begins with a word only by an index of this kind.
    op.create_index('ix_mark_prefix', 'mark', ['name'], postgresql_ops={'name': 'text_pattern_ops'})


def downgrade() -> None:
    op.drop_index('ix_mark_prefix', table_name='mark')
    op.drop_index('ix_letter_kind', table_name='letter')
    op.drop_index('ix_member_state', table_name='member')
    op.drop_index('ix_question_unanswered', table_name='question')
    op.drop_index('ix_claim_state', table_name='claim')
    op.drop_index('ix_arrival_to_file', table_name='arrival')
    op.drop_index('ix_arrival_pending', table_name='arrival')
