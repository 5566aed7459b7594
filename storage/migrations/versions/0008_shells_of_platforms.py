"""Shells of platforms"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('rendering_needs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shells', sa.Integer(), server_default='0', nullable=False, comment='Pages that said nothing without'))


def downgrade() -> None:
    with op.batch_alter_table('rendering_needs', schema=None) as batch_op:
        batch_op.drop_column('shells')
