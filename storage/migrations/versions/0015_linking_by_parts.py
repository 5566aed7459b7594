"""Linking by parts, and the history of networks"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('linkings',
    sa.Column('one', sa.Integer(), nullable=False, comment='Always 1: there is one'),
    sa.Column('algorithm', sa.Text(), nullable=False, comment='By which it linked'),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False, comment='What it learnt of hubs; sellers a platform'),
    sa.PrimaryKeyConstraint('one', name=op.f('pk_linkings')),
    comment='The last linking of everything, which later ones of a part build on'
    )
    op.create_table('shared_values',
    sa.Column('join_key', sa.Text(), nullable=False, comment='kind:value by which clues are joined'),
    sa.Column('owned', sa.Float(), nullable=False, comment="0..1 that it is one operator's"),
    sa.Column('platform_limit', sa.Integer(), nullable=False, comment="Above 0: a platform's own value"),
    sa.PrimaryKeyConstraint('join_key', name=op.f('pk_shared_values')),
    comment='What linking thinks of values that several sellers show'
    )
    op.create_table('touched_nodes',
    sa.Column('touch_id', sa.Integer(), nullable=False, comment='Row number'),
    sa.Column('kind', sa.Text(), nullable=False, comment='seller or record'),
    sa.Column('home', sa.Text(), nullable=False, comment='Platform, or source'),
    sa.Column('key', sa.Text(), nullable=False, comment='Of the seller or the record'),
    sa.Column('linked', sa.Boolean(), nullable=False, comment='Whether it was linked, by itself, since'),
    sa.PrimaryKeyConstraint('touch_id', name=op.f('pk_touched_nodes')),
    comment='What came or changed since the last linking of everything'
    )
    op.create_table('network_changes',
    sa.Column('change_id', sa.Integer(), nullable=False, comment='In the order of the history'),
    sa.Column('network_id', sa.Text(), nullable=False, comment='The network'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When linking found it'),
    sa.Column('kind', sa.Text(), nullable=False, comment='formed, joined, left, merged, split …'),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False, comment='The whole NetworkChange'),
    sa.PrimaryKeyConstraint('change_id', name=op.f('pk_network_changes')),
    comment='How networks were formed, grew, merged and split; rows are only ever added'
    )
    op.create_index(op.f('ix_network_changes_network_id'), 'network_changes', ['network_id'])
    # Until everything is linked again nothing is linked by parts, so the keys need not be right.
    with op.batch_alter_table('clues') as batch_op:
        batch_op.add_column(sa.Column('join_key', sa.Text(), nullable=False, server_default='', comment='kind:value by which it joins others'))
    with op.batch_alter_table('clues') as batch_op:
        batch_op.alter_column('join_key', server_default=None, existing_type=sa.Text(), existing_comment='kind:value by which it joins others')
        batch_op.create_index(op.f('ix_clues_join_key'), ['join_key'])
    with op.batch_alter_table('network_members') as batch_op:
        batch_op.alter_column('network_id', comment='Kept while it changes', existing_comment='Derived from its members', existing_type=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('network_members') as batch_op:
        batch_op.alter_column('network_id', comment='Derived from its members', existing_comment='Kept while it changes', existing_type=sa.Text(), existing_nullable=False)
    with op.batch_alter_table('clues') as batch_op:
        batch_op.drop_index(op.f('ix_clues_join_key'))
        batch_op.drop_column('join_key')
    op.drop_table('network_changes')
    op.drop_table('touched_nodes')
    op.drop_table('shared_values')
    op.drop_table('linkings')
