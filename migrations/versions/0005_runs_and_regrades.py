"""What students' code produced, and regrades."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Only new tables: the version before goes on beside them."""
    _runs()
    _regrades()
    _regraded()


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_runs_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("submission_id", "key", name=op.f("uq_runs_submission_id_key")),
    )


def _regrades() -> None:
    op.create_table(
        "regrades",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("reverted_at", TIME, nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'applied', 'reverting', 'reverted')",
            name=op.f("ck_regrades_state"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_regrades_actor_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_regrades_assignment_id_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["assignment_versions.digest"],
            name=op.f("fk_regrades_digest_assignment_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
    )
    op.create_index(
        op.f("ix_regrades_assignment_id_id"), "regrades", ["assignment_id", "id"], unique=False
    )


def _regraded() -> None:
    op.create_table(
        "regraded",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("regrade_id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("before_digest", sa.String(length=64), nullable=False),
        sa.Column("before_grade_id", sa.String(length=36), nullable=True),
        sa.Column("grading_id", sa.String(length=36), nullable=False),
        sa.Column("grade_id", sa.String(length=36), nullable=True),
        sa.Column("reverted_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["before_digest"],
            ["assignment_versions.digest"],
            name=op.f("fk_regraded_before_digest_assignment_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["before_grade_id"], ["grades.id"], name=op.f("fk_regraded_before_grade_id_grades")
        ),
        sa.ForeignKeyConstraint(
            ["grade_id"], ["grades.id"], name=op.f("fk_regraded_grade_id_grades")
        ),
        sa.ForeignKeyConstraint(
            ["grading_id"], ["gradings.id"], name=op.f("fk_regraded_grading_id_gradings")
        ),
        sa.ForeignKeyConstraint(
            ["regrade_id"], ["regrades.id"], name=op.f("fk_regraded_regrade_id_regrades")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_regraded_submission_id_submissions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regraded")),
        sa.UniqueConstraint(
            "regrade_id", "submission_id", name=op.f("uq_regraded_regrade_id_submission_id")
        ),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("regraded")
    op.drop_index(op.f("ix_regrades_assignment_id_id"), table_name="regrades")
    op.drop_table("regrades")
    op.drop_table("runs")
