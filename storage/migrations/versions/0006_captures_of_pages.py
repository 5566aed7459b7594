"""Captures of pages"""

import sqlalchemy as sa
from alembic import op

import storage.schema

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('captures',
    sa.Column('capture_id', storage.schema.PlainText(), nullable=False, comment='Derived from listing and time'),
    sa.Column('platform', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('listing_key', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('content_digest', storage.schema.PlainText(), nullable=False, comment='Of what the listing said then'),
    sa.Column('url', storage.schema.PlainText(), nullable=False, comment='Of the page as the browser showed it'),
    sa.Column('captured_at', storage.schema.UtcDateTime(), nullable=False, comment='When the screenshot was taken'),
    sa.Column('run_id', storage.schema.PlainText(), nullable=False, comment='The run that took it'),
    sa.Column('screenshot', storage.schema.PlainText(), nullable=False, comment='SHA-256 of the PNG, kept as a blob'),
    sa.Column('mhtml', storage.schema.PlainText(), nullable=True, comment='SHA-256 of the MHTML; null when it was too large'),
    sa.Column('preview', storage.schema.PlainText(), nullable=False, comment='SHA-256 of a small JPEG for lists'),
    sa.Column('width', sa.Integer(), nullable=False, comment='Of the PNG, pixels'),
    sa.Column('height', sa.Integer(), nullable=False, comment='Of the PNG, pixels'),
    sa.Column('page_height', sa.Integer(), nullable=False, comment='Of the whole page, pixels'),
    sa.PrimaryKeyConstraint('capture_id', name=op.f('pk_captures')),
    comment="Screenshot and MHTML of a listing's page, from one visit"
    )
    with op.batch_alter_table('captures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_captures_platform_listing_key_captured_at'), ['platform', 'listing_key', 'captured_at'], unique=False)

    op.create_table('capture_wishes',
    sa.Column('platform', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('listing_key', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('asked_at', storage.schema.UtcDateTime(), nullable=False, comment='When the person asked last'),
    sa.Column('asked_by', storage.schema.PlainText(), nullable=False, comment='User name'),
    sa.Column('taken_up_at', storage.schema.UtcDateTime(), nullable=True, comment='When a run set out for it; null while it waits'),
    sa.PrimaryKeyConstraint('platform', 'listing_key', name=op.f('pk_capture_wishes')),
    comment='Captures that people asked for at the desk'
    )


def downgrade() -> None:
    op.drop_table('capture_wishes')
    with op.batch_alter_table('captures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_captures_platform_listing_key_captured_at'))

    op.drop_table('captures')
