"""The bytes of a letter lie apart from its row: SQLite writes a whole row anew with each step of its way, and these are nearly all of it"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('raw_letter',
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_raw_letter_letter_id_letter')),
    sa.PrimaryKeyConstraint('letter_id', name=op.f('pk_raw_letter'))
    )
    op.execute("INSERT INTO raw_letter (letter_id, content) SELECT id, content FROM letter WHERE length(content) > 0")
    op.drop_column('letter', 'content')


def downgrade() -> None:
    op.add_column('letter', sa.Column('content', sa.LargeBinary(), nullable=True))
    op.execute("UPDATE letter SET content = (SELECT content FROM raw_letter WHERE letter_id = letter.id)")
    op.drop_table('raw_letter')
