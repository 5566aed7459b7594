"""Successors of listings are looked up"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('listing_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listing_changes_platform_predecessor_key'), ['platform', 'predecessor_key'], unique=False, sqlite_where=sa.text('predecessor_key IS NOT NULL'), postgresql_where=sa.text('predecessor_key IS NOT NULL'))


def downgrade() -> None:
    with op.batch_alter_table('listing_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listing_changes_platform_predecessor_key'), sqlite_where=sa.text('predecessor_key IS NOT NULL'), postgresql_where=sa.text('predecessor_key IS NOT NULL'))
