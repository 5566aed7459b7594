"""Changes of listings, and when each is visited again"""

import sqlalchemy as sa
from alembic import op

import storage.schema

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('listing_changes',
    sa.Column('change_id', sa.Integer(), nullable=False, comment='In the order of the history'),
    sa.Column('platform', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('listing_key', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('kind', storage.schema.PlainText(), nullable=False, comment='new, changed, sold_out, relisted or gone'),
    sa.Column('at', storage.schema.UtcDateTime(), nullable=False, comment='When the visit was made'),
    sa.Column('run_id', storage.schema.PlainText(), nullable=True, comment='The run that visited; null for imported rows'),
    sa.Column('content_digest', storage.schema.PlainText(), nullable=False, comment='Of the Sighting that said so'),
    sa.Column('previous_digest', storage.schema.PlainText(), nullable=True, comment='Of the Sighting before; null for the first'),
    sa.Column('predecessor_key', storage.schema.PlainText(), nullable=True, comment='The Listing that came back under this key'),
    sa.PrimaryKeyConstraint('change_id', name=op.f('pk_listing_changes')),
    comment='History of listings; rows are only ever added'
    )
    with op.batch_alter_table('listing_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listing_changes_platform_listing_key'), ['platform', 'listing_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_listing_changes_run_id'), ['run_id'], unique=False)

    op.create_table('revisits',
    sa.Column('platform', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('listing_key', storage.schema.PlainText(), nullable=False, comment='Of the Listing'),
    sa.Column('visited_at', storage.schema.UtcDateTime(), nullable=False, comment='The latest visit'),
    sa.Column('next_visit_at', storage.schema.UtcDateTime(), nullable=True, comment='When it is due; null when it is left alone'),
    sa.Column('urgency', storage.schema.PlainText(), nullable=False, comment='ordinary, flagged or in_case'),
    sa.Column('visits', sa.Integer(), nullable=False, comment='After the first one'),
    sa.Column('changes', sa.Integer(), nullable=False, comment='Visits that found a change'),
    sa.Column('validated_url', storage.schema.PlainText(), nullable=True, comment='Address that the validators hold for'),
    sa.Column('etag', storage.schema.PlainText(), nullable=True, comment='Of the page that the latest Sighting was read from'),
    sa.Column('last_modified', storage.schema.PlainText(), nullable=True, comment='Likewise'),
    sa.Column('not_modified', sa.Integer(), nullable=False, comment='Answers 304 since it came whole'),
    sa.PrimaryKeyConstraint('platform', 'listing_key', name=op.f('pk_revisits')),
    comment='When a listing is visited again; one without a row was seen once'
    )
    with op.batch_alter_table('listings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('likeness', storage.schema.PlainText(), nullable=True, comment='Over seller, title and pictures; null when one lacks'))
        batch_op.create_index(batch_op.f('ix_listings_likeness'), ['likeness'], unique=False)

    # What is known of the time before: each different thing that a listing said, and what is gone.
    op.execute(
        "INSERT INTO listing_changes"
        " (platform, listing_key, kind, at, run_id, content_digest, previous_digest)"
        " SELECT platform, listing_key, CASE WHEN previous IS NULL THEN 'new' ELSE 'changed' END,"
        " fetched_at, run_id, content_digest, previous FROM ("
        "  SELECT platform, listing_key, fetched_at, run_id, content_digest,"
        "  LAG(content_digest) OVER (PARTITION BY platform, listing_key ORDER BY fetched_at)"
        "  AS previous FROM sightings"
        " ) AS said ORDER BY fetched_at"
    )
    op.execute(
        "INSERT INTO listing_changes"
        " (platform, listing_key, kind, at, content_digest, previous_digest)"
        " SELECT platform, listing_key, 'gone', gone_at, content_digest, content_digest"
        " FROM listings WHERE gone_at IS NOT NULL ORDER BY gone_at"
    )


def downgrade() -> None:
    with op.batch_alter_table('listings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listings_likeness'))
        batch_op.drop_column('likeness')

    op.drop_table('revisits')
    op.drop_table('listing_changes')
