"""Queries of rights"""

import sqlalchemy as sa
from alembic import op

import storage.schema

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('queries',
    sa.Column('right_id', storage.schema.PlainText(), nullable=False, comment='The right that it is asked for'),
    sa.Column('text', storage.schema.PlainText(), nullable=False, comment='As typed into a search form'),
    sa.Column('origin', storage.schema.PlainText(), nullable=False, comment='name, other_name, own or imitation'),
    sa.Column('name', storage.schema.PlainText(), nullable=True, comment="The registered name behind it; null for a person's own"),
    sa.Column('how', storage.schema.PlainText(), nullable=True, comment='How an imitation was made; null for others'),
    sa.Column('place', sa.Integer(), nullable=False, comment='Order within the right, from 0'),
    sa.Column('made_of', storage.schema.PlainText(), nullable=True, comment='Digest of what it was proposed from; null for own'),
    sa.PrimaryKeyConstraint('right_id', 'text', name=op.f('pk_queries')),
    comment='What platforms may be asked for each right'
    )
    op.create_table('query_decisions',
    sa.Column('decision_id', sa.Integer(), nullable=False, comment='In the order of deciding'),
    sa.Column('right_id', storage.schema.PlainText(), nullable=False, comment='The right of the query'),
    sa.Column('text', storage.schema.PlainText(), nullable=False, comment='The query'),
    sa.Column('platform', storage.schema.PlainText(), nullable=True, comment='Where it holds; null for every platform'),
    sa.Column('act', storage.schema.PlainText(), nullable=False, comment='added, kept or retired'),
    sa.Column('by', storage.schema.PlainText(), nullable=False, comment='User name'),
    sa.Column('at', storage.schema.UtcDateTime(), nullable=False, comment='When'),
    sa.Column('reason', storage.schema.PlainText(), nullable=False, comment="The person's own words"),
    sa.PrimaryKeyConstraint('decision_id', name=op.f('pk_query_decisions')),
    comment='What people decided of queries; rows are only ever added'
    )
    with op.batch_alter_table('query_decisions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_query_decisions_right_id_text'), ['right_id', 'text'], unique=False)

    op.create_table('query_results',
    sa.Column('platform', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('query', storage.schema.PlainText(), nullable=False, comment='The text asked'),
    sa.Column('listing_key', storage.schema.PlainText(), nullable=False, comment='A Listing that it showed'),
    sa.Column('run_id', storage.schema.PlainText(), nullable=False, comment='The first run in which it did'),
    sa.Column('shown_at', storage.schema.UtcDateTime(), nullable=False, comment='When that run ended'),
    sa.Column('is_new', sa.Boolean(), nullable=False, comment='Whether nobody had seen it before that run'),
    sa.Column('is_found', sa.Boolean(), nullable=False, comment='Whether no other query had shown it'),
    sa.PrimaryKeyConstraint('platform', 'query', 'listing_key', name=op.f('pk_query_results')),
    comment='Which listings each query showed, once each'
    )
    with op.batch_alter_table('query_results', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_query_results_platform_listing_key'), ['platform', 'listing_key'], unique=False)

    with op.batch_alter_table('schedules', schema=None) as batch_op:
        batch_op.add_column(sa.Column('register_queries', sa.Integer(), nullable=True, comment='Queries of the register a run; null: none'))
        batch_op.add_column(sa.Column('right_ids', storage.schema.Json, nullable=True, comment='Only of these rights; null for all'))
