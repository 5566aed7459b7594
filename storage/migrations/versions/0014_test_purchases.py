"""Test purchases"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('test_purchases',
    sa.Column('purchase_id', sa.Text(), nullable=False, comment='Derived from case and order'),
    sa.Column('version', sa.Integer(), nullable=False, comment='From 1; the last one counts'),
    sa.Column('case_id', sa.Text(), nullable=False, comment='The case'),
    sa.Column('entered_by', sa.Text(), nullable=False, comment='User name'),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False, comment='When'),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False, comment='The whole Purchase'),
    sa.PrimaryKeyConstraint('purchase_id', 'version', name=op.f('pk_test_purchases')),
    comment='Test purchases as entered; rows are only ever added'
    )
    with op.batch_alter_table('test_purchases') as batch_op:
        batch_op.create_index(batch_op.f('ix_test_purchases_case_id'), ['case_id'], unique=False)


def downgrade() -> None:
    op.drop_table('test_purchases')
