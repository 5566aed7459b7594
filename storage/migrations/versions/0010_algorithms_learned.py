"""Algorithms learned"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('algorithm_uses',
    sa.Column('sequence', sa.Integer(), nullable=False, comment='From 1; the last one counts'),
    sa.Column('name', sa.Text(), nullable=False, comment='The algorithm that screens from then on'),
    sa.Column('decided_by', sa.Text(), nullable=False, comment='User name'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False, comment='When'),
    sa.Column('reason', sa.Text(), nullable=False, comment="The person's own words"),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_algorithm_uses')),
    comment='Decisions which algorithm screens; rows are only ever added'
    )
    op.create_table('learned_algorithms',
    sa.Column('name', sa.Text(), nullable=False, comment='Base and a running number'),
    sa.Column('learned_at', sa.DateTime(timezone=True), nullable=False, comment='When'),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False, comment='Weights, calibration and what made them'),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_learned_algorithms')),
    comment='Weights learnt from judgements; rows are only ever added'
    )


def downgrade() -> None:
    op.drop_table('learned_algorithms')
    op.drop_table('algorithm_uses')
