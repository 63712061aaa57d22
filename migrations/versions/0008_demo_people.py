"""Which people the demo made, and extensions granted at the command line, by nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The default stays: the version before this one makes people without naming the column."""
    op.add_column(
        "people", sa.Column("is_demo", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    with op.batch_alter_table("extensions") as table:
        table.alter_column("granted_by", existing_type=sa.String(length=36), nullable=True)


def downgrade() -> None:
    """Undo it. Extensions of the command line are given to whom they are for: somebody must be."""
    op.execute("UPDATE extensions SET granted_by = person_id WHERE granted_by IS NULL")
    with op.batch_alter_table("extensions") as table:
        table.alter_column("granted_by", existing_type=sa.String(length=36), nullable=False)
    op.drop_column("people", "is_demo")
