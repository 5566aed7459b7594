"""What columns of tables of records mean"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('column_mappings',
    sa.Column('mapping_id', sa.Text(), nullable=False, comment='Derived from the headings'),
    sa.Column('name', sa.Text(), nullable=False, comment='What people call it'),
    sa.Column('confirmed_by', sa.Text(), nullable=False, comment='User name, or import'),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False, comment='When it was last confirmed'),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False, comment='The whole ColumnMapping'),
    sa.PrimaryKeyConstraint('mapping_id', name=op.f('pk_column_mappings')),
    comment='What columns of tables mean: the next one with the same headings is read so'
    )


def downgrade() -> None:
    op.drop_table('column_mappings')
