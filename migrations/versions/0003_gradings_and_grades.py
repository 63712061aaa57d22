"""Gradings, grades and people's marks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Gradings, grades and people's marks."""
    op.create_table(
        "gradings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.String(length=36), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'graded', 'failed')", name=op.f("ck_gradings_state")
        ),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["assignment_versions.digest"],
            name=op.f("fk_gradings_digest_assignment_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["people.id"], name=op.f("fk_gradings_requested_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_gradings_submission_id_submissions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gradings")),
    )
    op.create_index(
        op.f("ix_gradings_state_queued_at"), "gradings", ["state", "queued_at"], unique=False
    )
    op.create_index(
        op.f("ix_gradings_state_touched_at"), "gradings", ["state", "touched_at"], unique=False
    )
    op.create_index(
        op.f("ix_gradings_submission_id_id"), "gradings", ["submission_id", "id"], unique=False
    )
    op.create_table(
        "grades",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("grading_id", sa.String(length=36), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("max_score", sa.Double(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("late_penalty", sa.Double(), nullable=False),
        sa.Column("costs_attempt", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source IN ('machine', 'person')", name=op.f("ck_grades_source")),
        sa.ForeignKeyConstraint(
            ["grading_id"], ["gradings.id"], name=op.f("fk_grades_grading_id_gradings")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_grades_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_grades_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grades")),
        sa.UniqueConstraint("grading_id", name=op.f("uq_grades_grading_id")),
        sa.UniqueConstraint(
            "submission_id", "revision", name=op.f("uq_grades_submission_id_revision")
        ),
    )
    op.create_table(
        "person_marks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=False),
        sa.Column("grade_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["grade_id"], ["grades.id"], name=op.f("fk_person_marks_grade_id_grades")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_marks_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_person_marks_submission_id_submissions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_marks")),
    )
    op.create_index(
        op.f("ix_person_marks_submission_id_question_id"),
        "person_marks",
        ["submission_id", "question_id"],
        unique=False,
    )
    op.create_table(
        "question_marks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("grade_id", sa.String(length=36), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("max_score", sa.Double(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["grade_id"], ["grades.id"], name=op.f("fk_question_marks_grade_id_grades")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_marks")),
        sa.UniqueConstraint(
            "grade_id", "question_id", name=op.f("uq_question_marks_grade_id_question_id")
        ),
    )
    op.create_table(
        "checks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("question_mark_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.String(length=100), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("max_score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_mark_id"],
            ["question_marks.id"],
            name=op.f("fk_checks_question_mark_id_question_marks"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint(
            "question_mark_id", "position", name=op.f("uq_checks_question_mark_id_position")
        ),
    )
    op.create_table(
        "diagnoses",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("check_row_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_row_id"], ["checks.id"], name=op.f("fk_diagnoses_check_row_id_checks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnoses")),
        sa.UniqueConstraint(
            "check_row_id", "position", name=op.f("uq_diagnoses_check_row_id_position")
        ),
    )
    op.create_index(op.f("ix_diagnoses_kind_place"), "diagnoses", ["kind", "place"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_diagnoses_kind_place"), table_name="diagnoses")
    op.drop_table("diagnoses")
    op.drop_table("checks")
    op.drop_table("question_marks")
    op.drop_index(op.f("ix_person_marks_submission_id_question_id"), table_name="person_marks")
    op.drop_table("person_marks")
    op.drop_table("grades")
    op.drop_index(op.f("ix_gradings_submission_id_id"), table_name="gradings")
    op.drop_index(op.f("ix_gradings_state_touched_at"), table_name="gradings")
    op.drop_index(op.f("ix_gradings_state_queued_at"), table_name="gradings")
    op.drop_table("gradings")
