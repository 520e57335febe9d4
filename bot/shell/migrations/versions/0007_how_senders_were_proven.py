"""How far each sender was proven stands beside the message"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Column by column and each with its own check: a table that others refer to is not rebuilt (SQLite).
    op.add_column('arrival', sa.Column(
        'proof',
        sqlmodel.sql.sqltypes.AutoString(),
        sa.CheckConstraint("proof IN ('', 'none', 'failed', 'domain', 'letter', 'both')", name=op.f('ck_arrival_proof')),
        server_default='',
        nullable=False,
    ))
    op.add_column('arrival', sa.Column('bad_codes', sa.Integer(), server_default='0', nullable=False))
    op.create_index(op.f('ix_arrival_arrived_at'), 'arrival', ['arrived_at'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_arrival_arrived_at'), table_name='arrival')
    op.drop_column('arrival', 'bad_codes')
    op.drop_column('arrival', 'proof')
