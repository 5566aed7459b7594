"""What is known of platforms"""

import sqlalchemy as sa
from alembic import op

import storage.schema

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('platform_events',
    sa.Column('platform', storage.schema.PlainText(), nullable=False, comment='Host of the shop, or platform name'),
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False, comment='From 1 without gaps'),
    sa.Column('kind', storage.schema.PlainText(), nullable=False, comment='paused, resumed, robots_set_aside …'),
    sa.Column('at', storage.schema.UtcDateTime(), nullable=False, comment='When'),
    sa.Column('by', storage.schema.PlainText(), nullable=False, comment='User name, or the program'),
    sa.Column('why', storage.schema.PlainText(), nullable=False, comment="A person's reason, or what was met"),
    sa.Column('reason', storage.schema.PlainText(), nullable=True, comment='Of a pause: login, blocked, rate_limited or by_hand'),
    sa.Column('until', storage.schema.UtcDateTime(), nullable=True, comment='When a pause lapses; null when a person must resume'),
    sa.Column('run_id', storage.schema.PlainText(), nullable=True, comment='The run that met the wall'),
    sa.Column('page_url', storage.schema.PlainText(), nullable=True, comment='The page that showed it'),
    sa.Column('page_sha256', storage.schema.PlainText(), nullable=True, comment='Of its preserved bytes'),
    sa.PrimaryKeyConstraint('platform', 'sequence', name=op.f('pk_platform_events')),
    comment='History of platforms: pauses and orders; rows are only ever added'
    )
    op.create_table('rendering_needs',
    sa.Column('platform', storage.schema.PlainText(), nullable=False, comment='Host of the shop, or platform name'),
    sa.Column('role', storage.schema.PlainText(), nullable=False, comment='start, index, listing or seller'),
    sa.Column('static', sa.Integer(), nullable=False, comment='Pages that needed no browser'),
    sa.Column('gained', sa.Integer(), nullable=False, comment='Pages that said more once rendered'),
    sa.Column('in_vain', sa.Integer(), nullable=False, comment='Pages rendered that said no more'),
    sa.PrimaryKeyConstraint('platform', 'role', name=op.f('pk_rendering_needs')),
    comment='Whether the pages of a platform need a browser, by kind'
    )
    op.create_table('turns',
    sa.Column('place', storage.schema.PlainText(), nullable=False, comment='Platform, or host of pictures'),
    sa.Column('last_at', sa.Float(), nullable=False, comment='The latest turn given, Unix seconds'),
    sa.Column('pace_s', sa.Float(), nullable=False, comment='Pace of who took it, seconds'),
    sa.Column('crawl_delay_s', sa.Float(), nullable=False, comment='What robots.txt asks for; 0 if none'),
    sa.Column('held_until', sa.Float(), nullable=False, comment='No turn before, Unix seconds'),
    sa.Column('given', sa.BigInteger(), nullable=False, comment='Turns given so far'),
    sa.PrimaryKeyConstraint('place', name=op.f('pk_turns')),
    comment='One row a platform: requests take their turns here'
    )
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deviations', storage.schema.Json, server_default='[]', nullable=False, comment='Where it left the ranges expected'))


def downgrade() -> None:
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.drop_column('deviations')
    for table in ('turns', 'rendering_needs', 'platform_events'):
        op.drop_table(table)
