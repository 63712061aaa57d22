"""Assignments, and what is handed in for them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Assignments, and what is handed in for them."""
    op.create_table(
        "assignment_versions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("max_score", sa.Double(), nullable=False),
        sa.Column("archive_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_assignment_versions")),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_assignments_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["assignment_versions.digest"],
            name=op.f("fk_assignments_digest_assignment_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("course_id", "key", name=op.f("uq_assignments_course_id_key")),
    )
    op.create_table(
        "extensions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_extensions_assignment_id_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["people.id"], name=op.f("fk_extensions_granted_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_extensions_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
        sa.UniqueConstraint(
            "assignment_id", "person_id", name=op.f("uq_extensions_assignment_id_person_id")
        ),
    )
    op.create_index(op.f("ix_extensions_person_id"), "extensions", ["person_id"], unique=False)
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assignment_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source IN ('portal', 'api', 'lms')", name=op.f("ck_submissions_source")
        ),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_submissions_attempt")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_submissions_assignment_id_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["assignment_versions.digest"],
            name=op.f("fk_submissions_digest_assignment_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_submissions_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint(
            "person_id",
            "assignment_id",
            "attempt",
            name=op.f("uq_submissions_person_id_assignment_id_attempt"),
        ),
        sa.UniqueConstraint(
            "person_id", "idempotency_key", name=op.f("uq_submissions_person_id_idempotency_key")
        ),
    )
    op.create_index(
        op.f("ix_submissions_assignment_id_submitted_at"),
        "submissions",
        ["assignment_id", "submitted_at"],
        unique=False,
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_answers_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "submission_id", "question_id", name=op.f("uq_answers_submission_id_question_id")
        ),
    )
    op.create_table(
        "answer_files",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("answer_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_answer_files_answer_id_answers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_files")),
        sa.UniqueConstraint("answer_id", "name", name=op.f("uq_answer_files_answer_id_name")),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("answer_files")
    op.drop_table("answers")
    op.drop_index(op.f("ix_submissions_assignment_id_submitted_at"), table_name="submissions")
    op.drop_table("submissions")
    op.drop_index(op.f("ix_extensions_person_id"), table_name="extensions")
    op.drop_table("extensions")
    op.drop_table("assignments")
    op.drop_table("assignment_versions")
