"""When a case went out in a circulation, and when a letter was lost"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('offer',
    sa.Column('case_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('occasion', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['legal_case.id'], name=op.f('fk_offer_case_id_legal_case')),
    sa.PrimaryKeyConstraint('case_id', 'occasion', name=op.f('pk_offer'))
    )
    # Bulletins that went out before are on record by their letters; which cases an earlier round had is not.
    op.execute(
        "INSERT INTO offer (case_id, occasion, at) "
        "SELECT case_id, 'bulletin', MIN(created_at) FROM letter WHERE kind = 'bulletin' AND case_id IS NOT NULL GROUP BY case_id"
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lost_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_letter_lost_at'), ['lost_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_lost_at'))
        batch_op.drop_column('lost_at')
    op.drop_table('offer')
