"""Looks at pictures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('listing_looks',
    sa.Column('platform', sa.Text(), nullable=False, comment='Of the Listing'),
    sa.Column('listing_key', sa.Text(), nullable=False, comment='Of the Listing'),
    sa.Column('content_digest', sa.Text(), nullable=False, comment='Of the Sighting looked at last'),
    sa.Column('state', sa.Text(), nullable=False, comment='Ways of looking, last reference'),
    sa.Column('found_digest', sa.Text(), nullable=True, comment='Over what its pictures show; null for nothing'),
    sa.Column('left_out', sa.Integer(), nullable=False, comment='Looks that its budget did not reach'),
    sa.PrimaryKeyConstraint('platform', 'listing_key', name=op.f('pk_listing_looks')),
    comment="How each Listing's pictures were last looked at: the work list is its absence"
    )
    op.create_table('picture_hits',
    sa.Column('sha256', sa.Text(), nullable=False, comment="Of the picture's bytes"),
    sa.Column('right_id', sa.Text(), nullable=False, comment='Of the reference'),
    sa.Column('role', sa.Text(), nullable=False, comment='Of the reference'),
    sa.Column('reference', sa.Text(), nullable=False, comment="SHA-256 of the reference's bytes"),
    sa.Column('how', sa.Text(), nullable=False, comment='copy, local_features, learned …'),
    sa.Column('stage', sa.Text(), nullable=False, comment='Way of looking that found it'),
    sa.Column('score', sa.Float(), nullable=False, comment='0..1'),
    sa.Column('box', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True, comment='Region in pixels of the original; null for the whole picture'),
    sa.Column('quad', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True, comment="Corners of the reference's frame in the picture"),
    sa.PrimaryKeyConstraint('sha256', 'right_id', 'role', 'reference', 'how', name=op.f('pk_picture_hits')),
    comment='Reference pictures found in pictures'
    )
    op.create_table('picture_looks',
    sa.Column('sha256', sa.Text(), nullable=False, comment="Of the picture's bytes"),
    sa.Column('stage', sa.Text(), nullable=False, comment='Way of looking'),
    sa.Column('version', sa.Text(), nullable=False, comment='Of that way'),
    sa.Column('up_to', sa.Integer(), nullable=False, comment='Number of the last reference looked for'),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False, comment='When'),
    sa.PrimaryKeyConstraint('sha256', 'stage', name=op.f('pk_picture_looks')),
    comment='Which way of looking is done with which picture, so that none is worked twice'
    )
    op.create_table('picture_texts',
    sa.Column('sha256', sa.Text(), nullable=False, comment="Of the picture's bytes"),
    sa.Column('reader', sa.Text(), nullable=False, comment='Name and version of the reader'),
    sa.Column('lines', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False, comment='Text, box and confidence of each line'),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_picture_texts')),
    comment='Words read in pictures'
    )
    op.create_table('reference_numbers',
    sa.Column('last', sa.Integer(), nullable=False, comment='Number of the reference that came last'),
    sa.PrimaryKeyConstraint('last', name=op.f('pk_reference_numbers')),
    comment='One row: numbers are never given twice, also after references were removed'
    )
    with op.batch_alter_table('reference_pictures', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), server_default='1', nullable=False, comment='Order in which they came: known pictures are looked through for new ones only'))

    with op.batch_alter_table('screenings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('found_digest', sa.Text(), nullable=True, comment='What was found in its pictures by then'))
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('reference_pictures', 'role', existing_type=sa.Text(), existing_nullable=False, comment='logo, photo, fake or harmless')
        op.create_table_comment('reference_pictures', 'Drawings of marks, photos of genuine products, known fakes, harmless pictures')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.alter_column('reference_pictures', 'role', existing_type=sa.Text(), existing_nullable=False, comment='logo or photo')
        op.create_table_comment('reference_pictures', 'Drawings of marks and photos of genuine products')
    with op.batch_alter_table('screenings', schema=None) as batch_op:
        batch_op.drop_column('found_digest')

    with op.batch_alter_table('reference_pictures', schema=None) as batch_op:
        batch_op.drop_column('number')

    op.drop_table('reference_numbers')
    op.drop_table('picture_texts')
    op.drop_table('picture_looks')
    op.drop_table('picture_hits')
    op.drop_table('listing_looks')
