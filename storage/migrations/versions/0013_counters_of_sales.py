"""Counters of sales of listings that did not change otherwise"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sold_counts',
    sa.Column('platform', sa.Text(), nullable=False, comment='Of the Listing'),
    sa.Column('listing_key', sa.Text(), nullable=False, comment='Of the Listing'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When the page was fetched'),
    sa.Column('sold', sa.BigInteger(), nullable=False, comment='Units sold as the page claimed'),
    sa.Column('quantity', sa.Integer(), nullable=True, comment='Units in stock as it claimed; null where it did not'),
    sa.PrimaryKeyConstraint('platform', 'listing_key', 'at', name=op.f('pk_sold_counts')),
    comment='Counters of visits that found a Listing unchanged; rows are only ever added'
    )


def downgrade() -> None:
    op.drop_table('sold_counts')
