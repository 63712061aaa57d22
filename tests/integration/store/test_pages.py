"""What the pages ask the database, and who may ask."""

from datetime import timedelta

import pytest

from grader.domain.errors import AssignmentUnknown, NotEnrolled, NotFound
from grader.domain.policy import Policy
from grader.services import extensions, people, publish, regrade
from grader.store.queries import access, audit, dashboard, portal, submissions
from rubrics.loader import LIBRARY
from rubrics.outcome import Outcome

PAPER = LIBRARY / "autograd" / "paper-1"


def test_who_may_see_a_submission(ctx, classroom, hand_in):
    receipt = hand_in()
    admin = people.create(ctx, "root", "Root", is_admin=True)
    expected = {
        classroom.student_id: True,
        classroom.grader_id: True,
        classroom.instructor_id: True,
        admin: True,
        classroom.other_student_id: False,
        classroom.outsider_id: False,
        "nobody": False,
        "": False,
    }
    with ctx.store.read() as session:
        for person_id, allowed in expected.items():
            seen = access.may_see_submission(session, person_id, receipt.submission_id)
            assert seen is allowed
        for wrong in ("nope", "", "%", receipt.grading_id):
            assert not access.may_see_submission(session, classroom.instructor_id, wrong)


def test_an_instructor_of_another_course_sees_nothing(ctx, classroom, hand_in):
    from grader.services import courses

    other = courses.create(ctx, "other", "Other")
    people.enrol(ctx, other, classroom.outsider_id, "instructor")
    receipt = hand_in()
    with ctx.store.read() as session:
        me = classroom.outsider_id
        assert not access.may_see_submission(session, me, receipt.submission_id)
        assert not access.may_grade(session, me, classroom.course_id)
        assert access.may_manage(session, me, other)
        assert dashboard.rows(session, other) == ()
        assert [one.course_id for one in dashboard.courses(session, me)] == [other]
    with pytest.raises(NotEnrolled):
        regrade.request(ctx, me, receipt.submission_id)
    with pytest.raises(NotEnrolled):
        extensions.grant(ctx, me, classroom.assignment_id, classroom.student_id)


def test_a_students_list_and_page(ctx, classroom, hand_in, graded, clock):
    due = clock.now + timedelta(days=1)
    policy = Policy(due_at=due, max_attempts=2, cooldown_s=60)
    publish.publish(ctx, classroom.course_id, PAPER, policy)
    with ctx.store.read() as session:
        (card,) = portal.assignments_for(session, classroom.student_id, clock.now)
        assert portal.assignments_for(session, classroom.outsider_id, clock.now) == ()
    assert (card.title[:7], card.max_score, card.window) == ("Paper 1", 9.0, "open")
    assert (card.attempts_used, card.attempts_left, card.score) == (0, 2, None)

    first = hand_in()
    graded(first, q1=3.0, q1_outcome=Outcome.PARTIAL)
    clock.forward(minutes=2)
    second = hand_in()
    with ctx.store.read() as session:
        page = portal.assignment_page(
            session, classroom.student_id, classroom.assignment_id, clock.now
        )
    assert [(one.id, one.state, one.counts) for one in page.submissions] == [
        (second.submission_id, "queued", False),
        (first.submission_id, "needs_review", True),
    ]
    assert (page.may_submit, page.why_not) == (False, "All 2 attempts are used.")
    assert (page.card.score, page.card.provisional) == (3.0, True)
    assert (page.card.last_attempt, page.card.last_state) == (second.attempt, "queued")
    assert (page.card.counts, page.card.state) == (first.attempt, "needs_review")


def test_a_page_says_when_the_wait_is_over(ctx, classroom, hand_in, clock):
    publish.publish(ctx, classroom.course_id, PAPER, Policy(cooldown_s=60))
    hand_in()
    with ctx.store.read() as session:
        page = portal.assignment_page(
            session, classroom.student_id, classroom.assignment_id, clock.now
        )
        assert page.retry_at == clock.now + timedelta(seconds=60)
        for person, assignment in (
            (classroom.outsider_id, classroom.assignment_id),
            (classroom.student_id, "nope"),
        ):
            with pytest.raises(AssignmentUnknown):
                portal.assignment_page(session, person, assignment, clock.now)
        with pytest.raises(NotFound):
            submissions.view(session, "nope")
        with pytest.raises(NotFound):
            submissions.status(session, "nope")


def test_an_extension_shows_in_the_persons_dates_alone(ctx, classroom, clock):
    closes = clock.now + timedelta(days=1)
    publish.publish(ctx, classroom.course_id, PAPER, Policy(closes_at=closes, max_attempts=1))
    later = closes + timedelta(days=7)
    for _ in range(2):  # granted again: in place of the first
        extensions.grant(
            ctx,
            classroom.instructor_id,
            classroom.assignment_id,
            classroom.student_id,
            closes_at=later,
            extra_attempts=1,
        )
    clock.forward(days=2)
    with ctx.store.read() as session:
        (mine,) = portal.assignments_for(session, classroom.student_id, clock.now)
        (theirs,) = portal.assignments_for(session, classroom.other_student_id, clock.now)
    assert (mine.window, mine.policy.closes_at, mine.attempts_left) == ("open", later, 2)
    assert (theirs.window, theirs.policy.closes_at, theirs.attempts_left) == ("closed", closes, 1)


def test_the_dashboard(ctx, classroom, hand_in, graded):
    mine = hand_in()
    graded(mine, q1=4.0, q1_outcome=Outcome.CORRECT)
    theirs = hand_in(person_id=classroom.other_student_id)
    with ctx.store.read() as session:
        (summary,) = dashboard.assignments(session, classroom.course_id)
        rows = dashboard.rows(session, classroom.course_id)
        waiting = dashboard.rows(session, classroom.course_id, states=("queued",))
        page = dashboard.rows(session, classroom.course_id, before=rows[0].submission_id, limit=1)
        scores = dashboard.scores(session, classroom.assignment_id)
        assert dashboard.assignment_course(session, classroom.assignment_id) == classroom.course_id
        assert dashboard.scores(session, "nope") == ()
        assert dashboard.diagnoses(session, classroom.assignment_id) == ()
    assert (summary.submissions, summary.students) == (2, 2)
    assert (summary.waiting, summary.needs_review, summary.failed) == (1, 1, 0)
    assert [one.submission_id for one in rows] == [theirs.submission_id, mine.submission_id]
    assert [one.submission_id for one in waiting] == [theirs.submission_id]
    assert [one.submission_id for one in page] == [mine.submission_id]
    assert [(one.username, one.score, one.provisional, one.attempts) for one in scores] == [
        ("ada", 4.0, True, 1),
        ("bob", None, True, 1),
    ]


def test_the_score_that_counts_follows_the_rule(ctx, classroom, hand_in, graded):
    for score, outcome in ((3.0, Outcome.PARTIAL), (1.0, Outcome.PARTIAL)):
        graded(hand_in(), q1=score, q1_outcome=outcome)
    seen = []
    for counts in ("best", "last"):
        publish.publish(ctx, classroom.course_id, PAPER, Policy(counts=counts))
        with ctx.store.read() as session:
            seen.append(dashboard.scores(session, classroom.assignment_id)[0].score)
    assert seen == [3.0, 1.0]


def test_every_act_is_in_the_trail(ctx, classroom):
    with ctx.store.read() as session:
        log = audit.log(session, classroom.course_id)
    assert log[0].action == "assignment.published"
    assert log[0].actor == "the service"
    assert log[0].detail["key"] == "autograd/paper-1"
    assert log[-1].action == "course.created"
