"""A bulletin has its number among those about its case: of two previews that were shown before it went, one can be sent"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('question', sa.Column('bulletins', sa.Integer(), server_default='0', nullable=False))
    # Whoever has a preview before them now has read it with the bulletins that went out until now.
    op.execute(
        "UPDATE question SET bulletins = (SELECT count(*) FROM offer WHERE offer.case_id = question.case_id AND offer.occasion LIKE 'bulletin%')"
        " WHERE question.question = 'send_bulletin' AND question.answer = ''"
    )


def downgrade() -> None:
    op.drop_column('question', 'bulletins')
