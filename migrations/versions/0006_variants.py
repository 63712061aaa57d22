"""Which variant of an assignment a person has."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Which variant of an assignment a person has."""
    op.create_table(
        "variants",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_variants_assignment_id_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_variants_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "assignment_id", name=op.f("pk_variants")),
    )
    op.create_index(op.f("ix_variants_assignment_id"), "variants", ["assignment_id"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_variants_assignment_id"), table_name="variants")
    op.drop_table("variants")
