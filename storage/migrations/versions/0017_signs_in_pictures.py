"""Official signs found in pictures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('picture_signs',
    sa.Column('sha256', sa.Text(), nullable=False, comment="Of the picture's bytes"),
    sa.Column('number', sa.Integer(), nullable=False, comment='From 0, the surest first'),
    sa.Column('sign', sa.Text(), nullable=False, comment='Name of the sign: gi, organic …'),
    sa.Column('score', sa.Float(), nullable=False, comment='0..1, likeness of the words read'),
    sa.Column('box', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False, comment='Region in pixels of the original'),
    sa.Column('uscc', sa.Text(), nullable=True, comment='Credit code of the user read beside it'),
    sa.PrimaryKeyConstraint('sha256', 'number', name=op.f('pk_picture_signs')),
    comment='Official signs found in pictures'
    )


def downgrade() -> None:
    op.drop_table('picture_signs')
