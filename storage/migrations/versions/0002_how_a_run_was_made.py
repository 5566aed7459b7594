"""How a run was made, and which request led to which"""

import sqlalchemy as sa
from alembic import op

import storage.schema

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('user_agent', storage.schema.PlainText(), nullable=True, comment='As the crawler introduced itself'))
        batch_op.add_column(sa.Column('pace_s', sa.Float(), nullable=True, comment='Least seconds between two requests to one host'))
        batch_op.add_column(sa.Column('robots_override', storage.schema.PlainText(), nullable=True, comment='Written reason to set robots.txt aside'))
        batch_op.alter_column('spider', existing_type=storage.schema.PlainText(), existing_nullable=False, comment='search, watch or capture', existing_comment='search or watch')

    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('found_on', storage.schema.PlainText(), nullable=True, comment='asked of the request whose answer named the address'))


def downgrade() -> None:
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_column('found_on')

    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.alter_column('spider', existing_type=storage.schema.PlainText(), existing_nullable=False, comment='search or watch', existing_comment='search, watch or capture')
        batch_op.drop_column('robots_override')
        batch_op.drop_column('pace_s')
        batch_op.drop_column('user_agent')
