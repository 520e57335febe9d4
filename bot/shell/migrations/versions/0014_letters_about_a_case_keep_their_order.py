"""A letter that was put off is found at once by whom and which case it is for: later ones wait for it"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

PUT_OFF = sa.text("attempts > 0 AND state IN ('queued', 'sending')")


def upgrade() -> None:
    op.create_index(
        'ix_letter_put_off', 'letter', ['to_address', 'case_id', 'id'], sqlite_where=PUT_OFF, postgresql_where=PUT_OFF
    )


def downgrade() -> None:
    op.drop_index('ix_letter_put_off', table_name='letter')
