"""Imports of registers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

CONTENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('register_imports',
    sa.Column('import_id', sa.Integer(), nullable=False, comment='In the order of the imports'),
    sa.Column('file', sa.Text(), nullable=False, comment='Name of the file as the person gave it'),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False, comment='When it was begun'),
    sa.Column('content', CONTENT, nullable=False, comment='The whole RegisterImport'),
    sa.PrimaryKeyConstraint('import_id', name=op.f('pk_register_imports')),
    comment='Imports of register files; rows are only ever added'
    )
    with op.batch_alter_table('rights', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Text(), nullable=True, comment='Of the registration, as the register writes it'))
        batch_op.create_index(batch_op.f('ix_rights_number'), ['number'], unique=False)
    rights = sa.table('rights', sa.column('number', sa.Text()), sa.column('content', CONTENT))
    op.execute(rights.update().values(number=rights.c.content['number'].as_string()))


def downgrade() -> None:
    with op.batch_alter_table('rights', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rights_number'))
        batch_op.drop_column('number')

    op.drop_table('register_imports')
