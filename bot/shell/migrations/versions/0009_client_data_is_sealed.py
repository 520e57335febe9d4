"""Client data is sealed: the key of each case, and which messages are about it"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_TIES = (
    "SELECT arrival_id, case_id FROM claim",
    "SELECT arrival_id, case_id FROM answer_line WHERE case_id IN (SELECT id FROM legal_case)",
    "SELECT arrival_id, case_id FROM letter WHERE arrival_id IS NOT NULL AND case_id IS NOT NULL",
)


def upgrade() -> None:
    op.add_column('legal_case', sa.Column('key_id', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    op.add_column('legal_case', sa.Column('erased_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_table('arrival_case',
    sa.Column('arrival_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['arrival_id'], ['arrival.id'], name=op.f('fk_arrival_case_arrival_id_arrival')),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_arrival_case_case_id_legal_case')),
    sa.PrimaryKeyConstraint('arrival_id', 'case_id', name=op.f('pk_arrival_case'))
    )
    op.create_index(op.f('ix_arrival_case_case_id'), 'arrival_case', ['case_id'], unique=False)
    op.execute(f"INSERT INTO arrival_case (arrival_id, case_id) {' UNION '.join(_TIES)}")
    # What is there is sealed by the ledger, which has the keys; this mark says that it is still to be done.
    op.execute(
        "INSERT INTO mark (name, at, note) SELECT 'unsealed', CURRENT_TIMESTAMP, '' "
        "WHERE EXISTS (SELECT 1 FROM legal_case) OR EXISTS (SELECT 1 FROM arrival) OR EXISTS (SELECT 1 FROM letter)"
    )


def downgrade() -> None:
    op.drop_index(op.f('ix_arrival_case_case_id'), table_name='arrival_case')
    op.drop_table('arrival_case')
    op.drop_column('legal_case', 'erased_at')
    op.drop_column('legal_case', 'key_id')
