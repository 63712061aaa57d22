"""Every question that a page or a task asks is answered by an index, not by reading a table."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from grader.outbound import due
from grader.services import endpoints, grading, outbox, runs, sweep
from grader.services.regrades import apply as regrading
from grader.services.regrades import finish, revert, work
from grader.services.regrades import target as targets
from grader.store.queries import (
    access,
    audit,
    dashboard,
    inbox,
    people,
    portal,
    queue,
    submissions,
    webhooks,
)
from rubrics.outcome import Outcome

GROWING = (
    "submissions",
    "answers",
    "answer_files",
    "gradings",
    "grades",
    "question_marks",
    "checks",
    "diagnoses",
    "person_marks",
    "outbox",
    "deliveries",
    "delivery_attempts",
    "inbound_events",
    "audit",
    "runs",
    "regrades",
    "regraded",
    "enrolments",
    "people",
)


@pytest.fixture
def plans(ctx):
    """What SQLite says of each statement while the block runs: (statement, plan)."""
    seen = []

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT"):
            cursor.execute("EXPLAIN QUERY PLAN " + statement, parameters)
            seen.append((statement, [row[3] for row in cursor.fetchall()]))

    event.listen(ctx.store.engine, "before_cursor_execute", explain)
    yield seen
    event.remove(ctx.store.engine, "before_cursor_execute", explain)


def scans(plans):
    """The statements that read a growing table from end to end."""
    return [
        (line, statement)
        for statement, plan in plans
        for line in plan
        if line.startswith(("SCAN", "SEARCH"))
        and line.split()[1] in GROWING
        and ("USING" not in line or "SCAN" in line)
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_reads_a_growing_table_from_end_to_end(
    ctx, classroom, hand_in, graded, plans, clock
):
    endpoints.add(ctx, None, classroom.course_id, "https://lms.example.org/")
    receipt = hand_in()
    done = graded(receipt, q1=1.0, q1_outcome=Outcome.PARTIAL)
    first = done.grade.questions[0].model_copy(update={"score": 2.0})
    changed = done.grade.model_copy(update={"questions": (first, *done.grade.questions[1:])})
    waiting = hand_in(idempotency_key="k")
    outbox.dispatch(ctx)
    assert due.enqueue(ctx) == 1
    clock.forward(hours=1)
    sweep.sweep(ctx, timedelta(minutes=3))
    with ctx.store.read() as session:
        portal.assignments_for(session, classroom.student_id, clock.now)
        portal.assignment_page(session, classroom.student_id, classroom.assignment_id, clock.now)
        submissions.view(session, receipt.submission_id)
        submissions.status(session, waiting.submission_id)
        queue.position(session, waiting.submission_id)
        queue.length(session)
        access.may_see_submission(session, classroom.grader_id, receipt.submission_id)
        people.by_username(session, "ada")
        people.courses(session, classroom.student_id)
        dashboard.assignments(session, classroom.course_id)
        dashboard.rows(session, classroom.course_id, assignment_id=classroom.assignment_id)
        dashboard.rows(session, classroom.course_id, states=("needs_review",))
        dashboard.scores(session, classroom.assignment_id)
        dashboard.diagnoses(session, classroom.assignment_id)
        webhooks.log(session, classroom.course_id)
        inbox.parked(session, classroom.course_id)
        audit.log(session, classroom.course_id)
    runs.keep(ctx, {receipt.submission_id: {"k" * 64: b"what it printed"}})
    target = targets.find(ctx, None, "autograd/paper-1")
    for lot in targets.batches(ctx, target):
        work.load(ctx, lot)
        regrading.settle(ctx, [regrading.Judged(lot[0], done.grade, {})])
        regrading.apply(ctx, None, target, [regrading.Judged(lot[0], changed, {})])
    made = finish.finish(ctx, None, target, {})
    for lot in revert.begin(ctx, None, made):
        assert revert.restore(ctx, None, made, lot).restored == 1
    grading.claim(ctx, waiting.grading_id)
    assert len(plans) > 60
    assert scans(plans) == []
