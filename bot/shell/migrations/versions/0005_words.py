"""What members and staff write to each other"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('words',
    sa.Column('arrival_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('staff', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('answers_id', sa.Integer(), nullable=True),
    sa.Column('sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint("(staff = '') = (answers_id IS NULL)", name=op.f('ck_words_staff_answer_a_mail')),
    sa.CheckConstraint("staff <> '' OR sent_at IS NOT NULL", name=op.f('ck_words_a_members_words_never_wait')),
    sa.ForeignKeyConstraint(['answers_id'], ['arrival.id'], name=op.f('fk_words_answers_id_arrival')),
    sa.ForeignKeyConstraint(['arrival_id'], ['arrival.id'], name=op.f('fk_words_arrival_id_arrival')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_words_member_id_member')),
    sa.PrimaryKeyConstraint('arrival_id', name=op.f('pk_words'))
    )
    with op.batch_alter_table('words', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_words_answers_id'), ['answers_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_words_member_id'), ['member_id'], unique=False)


def downgrade() -> None:
    op.drop_table('words')
