"""Every letter about a case that is still to leave is found at once by whom and which case it is for: later ones wait for it"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

PUT_OFF = sa.text("attempts > 0 AND state IN ('queued', 'sending')")
NEWS = sa.text("case_id IS NOT NULL AND kind <> 'bulletin' AND state IN ('queued', 'sending')")
COLUMNS = ['to_address', 'case_id', 'id']


def upgrade() -> None:
    op.create_index('ix_letter_news', 'letter', COLUMNS, sqlite_where=NEWS, postgresql_where=NEWS)
    op.drop_index('ix_letter_put_off', table_name='letter')


def downgrade() -> None:
    op.create_index('ix_letter_put_off', 'letter', COLUMNS, sqlite_where=PUT_OFF, postgresql_where=PUT_OFF)
    op.drop_index('ix_letter_news', table_name='letter')
