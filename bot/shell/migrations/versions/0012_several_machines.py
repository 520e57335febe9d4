"""Several daemons on one database: who leads, who is there, and who has which letter in hand"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    leader = op.create_table(
        'leader',
        sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('term', sa.BigInteger(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint('id = 1', name=op.f('ck_leader_one')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_leader')),
    )
    op.execute(sa.insert(leader).values(
        id=1, term=0, name='', since=sa.text('CURRENT_TIMESTAMP'), until=sa.text('CURRENT_TIMESTAMP')
    ))
    op.create_table(
        'replica',
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_replica')),
    )
    op.add_column('letter', sa.Column('leased_by', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    op.add_column('letter', sa.Column('leased_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('letter', 'leased_until')
    op.drop_column('letter', 'leased_by')
    op.drop_table('replica')
    op.drop_table('leader')
