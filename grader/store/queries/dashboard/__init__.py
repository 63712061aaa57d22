"""What an instructor's pages show, a file a page."""

from grader.store.queries.dashboard.assignment import (
    DiagnosisCount,
    assignment_course,
    assignment_key,
    diagnoses,
    published,
)
from grader.store.queries.dashboard.gradebook import PersonScore, question_scores, scores
from grader.store.queries.dashboard.listing import DashboardRow, rows
from grader.store.queries.dashboard.overview import AssignmentSummary, assignments, courses

__all__ = [
    "AssignmentSummary",
    "DashboardRow",
    "DiagnosisCount",
    "PersonScore",
    "assignment_course",
    "assignment_key",
    "assignments",
    "courses",
    "diagnoses",
    "published",
    "question_scores",
    "rows",
    "scores",
]
