"""Hubs, since when, and what people said of them"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hub_decisions',
    sa.Column('decision_id', sa.Integer(), nullable=False, comment='In the order of the log'),
    sa.Column('kind', sa.Text(), nullable=False, comment='Of the value: phone, address …'),
    sa.Column('value', sa.Text(), nullable=False, comment='By which clues are joined'),
    sa.Column('verdict', sa.Text(), nullable=False, comment='hub, own, or left to the program'),
    sa.Column('by', sa.Text(), nullable=False, comment='User name'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False, comment='When'),
    sa.Column('reason', sa.Text(), nullable=False, comment="The person's own words"),
    sa.PrimaryKeyConstraint('decision_id', name=op.f('pk_hub_decisions')),
    comment='What people said of shared values; rows are only ever added, the last one counts'
    )
    op.create_index(op.f('ix_hub_decisions_value'), 'hub_decisions', ['value'])
    with op.batch_alter_table('shared_values') as batch_op:
        batch_op.add_column(sa.Column('sellers', sa.Integer(), nullable=False, server_default='0', comment='How many show it'))
        batch_op.add_column(sa.Column('hub_since', sa.DateTime(timezone=True), nullable=True, comment='When linking found it to be a hub; empty for none'))
    # When a hub was found is not known any more: since this upgrade at the latest.
    op.execute(
        "UPDATE shared_values SET hub_since = CURRENT_TIMESTAMP WHERE owned < 0.2 OR platform_limit > 0"
    )
    op.execute(
        "UPDATE shared_values SET sellers = (SELECT COUNT(DISTINCT owner) FROM clues "
        "WHERE clues.join_key = shared_values.join_key AND owner LIKE 'seller:%')"
    )
    with op.batch_alter_table('shared_values') as batch_op:
        batch_op.alter_column('sellers', server_default=None, existing_type=sa.Integer(), existing_comment='How many show it')
        batch_op.create_index(op.f('ix_shared_values_sellers'), ['sellers'])


def downgrade() -> None:
    with op.batch_alter_table('shared_values') as batch_op:
        batch_op.drop_index(op.f('ix_shared_values_sellers'))
        batch_op.drop_column('hub_since')
        batch_op.drop_column('sellers')
    op.drop_table('hub_decisions')
