"""Every sample of the library gets, from the real sandbox and judge, the grade that its author
declares and the one that somebody gave by hand who saw the student's page alone.
"""

from collections.abc import Iterator

import pytest

from rubrics.schema import Assignment
from tests.golden import library
from workers.engine import Engine

ASSIGNMENTS = library.assignments()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    running = Engine.start(slots=2)
    yield running
    running.close()


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda one: one.key)
def test_every_sample_gets_its_grade(assignment: Assignment, engine: Engine) -> None:
    verdicts = library.judged(assignment, engine, lambda: None)
    assert verdicts.samples >= 10
    assert verdicts.wrong == []


def test_the_library_has_what_a_course_needs() -> None:
    assert len(ASSIGNMENTS) >= 9
    kinds = {answer.kind for one in ASSIGNMENTS for q in one.questions for answer in q.answers}
    assert kinds >= {"number", "tensor", "choice", "text", "scan", "expression", "code"}
