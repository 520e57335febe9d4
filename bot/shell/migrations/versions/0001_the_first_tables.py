"""The first tables"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('arrival',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('folder', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('folder_rank', sa.Integer(), nullable=False),
    sa.Column('uidvalidity', sa.BigInteger(), nullable=False),
    sa.Column('uid', sa.BigInteger(), nullable=False),
    sa.Column('arrived_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('entered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('sender', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('content_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('disposition', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('is_filed', sa.Boolean(), nullable=False),
    sa.CheckConstraint("disposition IN ('pending', 'answered', 'ignored', 'for_staff')", name=op.f('ck_arrival_disposition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrival')),
    sa.UniqueConstraint('folder', 'uidvalidity', 'uid', name=op.f('uq_arrival_folder_uidvalidity_uid'))
    )
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrival_content_key'), ['content_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_arrival_sender'), ['sender'], unique=False)

    op.create_table('case_number',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_case_number'))
    )
    op.create_table('folder',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('uidvalidity', sa.BigInteger(), nullable=False),
    sa.Column('last_uid', sa.BigInteger(), nullable=False),
    sa.Column('scanned_from', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_folder'))
    )
    op.create_table('legal_case',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('deadline_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('deadline_is_day', sa.Boolean(), nullable=False),
    sa.Column('time_frame', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('conflict_names', sa.Text(), nullable=False),
    sa.Column('contact', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('lifecycle', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('is_emergency', sa.Boolean(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("lifecycle IN ('draft', 'open', 'closed', 'withdrawn', 'expired')", name=op.f('ck_legal_case_lifecycle')),
    sa.CheckConstraint('places >= 1', name=op.f('ck_legal_case_places')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_case')),
    sa.UniqueConstraint('year', 'number', name=op.f('uq_legal_case_year_number'))
    )
    op.create_table('mark',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_mark'))
    )
    op.create_table('member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('firm', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('roles', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('paused_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('joined_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("state IN ('applied', 'active', 'paused', 'suspended', 'left')", name=op.f('ck_member_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
    sa.UniqueConstraint('email', name=op.f('uq_member_email'))
    )
    op.create_table('round',
    sa.Column('month', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('opened_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('cases', sa.Integer(), nullable=False),
    sa.Column('letters', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', name=op.f('pk_round'))
    )
    op.create_table('member_address',
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_member_address_member_id_member')),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_member_address'))
    )
    with op.batch_alter_table('member_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_address_member_id'), ['member_id'], unique=False)

    op.create_table('place',
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_place_case_id_legal_case')),
    sa.PrimaryKeyConstraint('case_id', 'number', name=op.f('pk_place'))
    )
    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('to_address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('content_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('arrival_ids', sa.JSON(), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('answered_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_question_case_id_legal_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_to_address'), ['to_address'], unique=False)

    op.create_table('raw_mail',
    sa.Column('arrival_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['arrival_id'], ['arrival.id'], name=op.f('fk_raw_mail_arrival_id_arrival')),
    sa.PrimaryKeyConstraint('arrival_id', name=op.f('pk_raw_mail'))
    )
    op.create_table('approval',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('staff', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_approval_question_id_question')),
    sa.PrimaryKeyConstraint('question_id', 'staff', name=op.f('pk_approval'))
    )
    op.create_table('claim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('arrival_id', sa.Integer(), nullable=False),
    sa.Column('arrived_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place_no', sa.Integer(), nullable=True),
    sa.Column('entered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('hold_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint("(state IN ('held', 'confirmed')) = (place_no IS NOT NULL)", name=op.f('ck_claim_place_iff_placed')),
    sa.CheckConstraint("state IN ('unverified', 'queued', 'held', 'confirmed', 'waitlisted', 'refused', 'released', 'lapsed')", name=op.f('ck_claim_state')),
    sa.ForeignKeyConstraint(['arrival_id'], ['arrival.id'], name=op.f('fk_claim_arrival_id_arrival')),
    sa.ForeignKeyConstraint(['case_id', 'place_no'], ['place.case_id', 'place.number'], name=op.f('fk_claim_case_id_place_no_place')),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_claim_case_id_legal_case')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_claim_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim'))
    )
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claim_arrival_id'), ['arrival_id'], unique=False)
        batch_op.create_index('ix_claim_case_state', ['case_id', 'state'], unique=False)
        batch_op.create_index('ix_claim_member_state', ['member_id', 'state'], unique=False)
        batch_op.create_index('uq_claim_one_holder_per_place', ['case_id', 'place_no'], unique=True, sqlite_where=sa.text("state IN ('held', 'confirmed')"), postgresql_where=sa.text("state IN ('held', 'confirmed')"))
        batch_op.create_index('uq_claim_one_live_per_member', ['case_id', 'member_id'], unique=True, sqlite_where=sa.text("state IN ('queued', 'held', 'confirmed', 'waitlisted')"), postgresql_where=sa.text("state IN ('queued', 'held', 'confirmed', 'waitlisted')"))

    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('to_address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('stage', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('doubts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('next_try_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('round_month', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('question_id', sa.Integer(), nullable=True),
    sa.Column('arrival_id', sa.Integer(), nullable=True),
    sa.Column('changed_nothing', sa.Boolean(), nullable=False),
    sa.Column('once', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.CheckConstraint("state IN ('queued', 'sending', 'unknown', 'sent', 'bounced', 'failed', 'cancelled')", name=op.f('ck_letter_state')),
    sa.ForeignKeyConstraint(['arrival_id'], ['arrival.id'], name=op.f('fk_letter_arrival_id_arrival')),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_letter_case_id_legal_case')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_letter_member_id_member')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_letter_question_id_question')),
    sa.ForeignKeyConstraint(['round_month'], ['round.month'], name=op.f('fk_letter_round_month_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('code', name=op.f('uq_letter_code')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letter_message_id')),
    sa.UniqueConstraint('once', name=op.f('uq_letter_once'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_arrival_id'), ['arrival_id'], unique=False)
        batch_op.create_index('ix_letter_in_hand', ['id'], unique=False, sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'"))
        batch_op.create_index(batch_op.f('ix_letter_member_id'), ['member_id'], unique=False)
        batch_op.create_index('ix_letter_owed', ['priority', 'next_try_at', 'id'], unique=False, sqlite_where=sa.text("state IN ('queued', 'unknown')"), postgresql_where=sa.text("state IN ('queued', 'unknown')"))
        batch_op.create_index(batch_op.f('ix_letter_round_month'), ['round_month'], unique=False)
        batch_op.create_index('ix_letter_to', ['to_address', 'created_at'], unique=False)

    op.create_table('answer_line',
    sa.Column('arrival_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('command', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['arrival_id'], ['arrival.id'], name=op.f('fk_answer_line_arrival_id_arrival')),
    sa.ForeignKeyConstraint(['claim_id'], ['claim.id'], name=op.f('fk_answer_line_claim_id_claim')),
    sa.PrimaryKeyConstraint('arrival_id', 'position', name=op.f('pk_answer_line'))
    )
    with op.batch_alter_table('answer_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_line_claim_id'), ['claim_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('answer_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_line_claim_id'))

    op.drop_table('answer_line')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index('ix_letter_to')
        batch_op.drop_index(batch_op.f('ix_letter_round_month'))
        batch_op.drop_index('ix_letter_owed', sqlite_where=sa.text("state IN ('queued', 'unknown')"), postgresql_where=sa.text("state IN ('queued', 'unknown')"))
        batch_op.drop_index(batch_op.f('ix_letter_member_id'))
        batch_op.drop_index('ix_letter_in_hand', sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'"))
        batch_op.drop_index(batch_op.f('ix_letter_arrival_id'))

    op.drop_table('letter')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_index('uq_claim_one_live_per_member', sqlite_where=sa.text("state IN ('queued', 'held', 'confirmed', 'waitlisted')"), postgresql_where=sa.text("state IN ('queued', 'held', 'confirmed', 'waitlisted')"))
        batch_op.drop_index('uq_claim_one_holder_per_place', sqlite_where=sa.text("state IN ('held', 'confirmed')"), postgresql_where=sa.text("state IN ('held', 'confirmed')"))
        batch_op.drop_index('ix_claim_member_state')
        batch_op.drop_index('ix_claim_case_state')
        batch_op.drop_index(batch_op.f('ix_claim_arrival_id'))

    op.drop_table('claim')
    op.drop_table('approval')
    op.drop_table('raw_mail')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_to_address'))

    op.drop_table('question')
    op.drop_table('place')
    with op.batch_alter_table('member_address', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_member_address_member_id'))

    op.drop_table('member_address')
    op.drop_table('round')
    op.drop_table('member')
    op.drop_table('mark')
    op.drop_table('legal_case')
    op.drop_table('folder')
    op.drop_table('case_number')
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_arrival_sender'))
        batch_op.drop_index(batch_op.f('ix_arrival_content_key'))

    op.drop_table('arrival')
