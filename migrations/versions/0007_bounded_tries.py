"""How often an event of an LMS was acted on, and when a delivery was sent to the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """How often an event of an LMS was acted on, and when a delivery was sent to the queue."""
    # The version before this one writes neither, so one is optional and the other has a default.
    tries = sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False)
    op.add_column("inbound_events", tries)
    op.add_column("deliveries", sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("deliveries", "queued_at")
    op.drop_column("inbound_events", "tries")
