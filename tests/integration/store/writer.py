"""One of several processes that write at once: `python writer.py ORDERS`, a JSON object."""

import json
import sys

from sqlalchemy import select

from grader.bootstrap import Context
from grader.clock import now
from grader.services import grading, intake
from grader.services.intake import Intake
from grader.settings import Settings
from grader.store.artefacts import Artefacts
from grader.store.models import CourseRow
from grader.store.session import Store
from rubrics.answers import RawAnswer
from rubrics.grade import Grade
from rubrics.outcome import Outcome


class Silence:
    """A queue and live events that nobody listens to."""

    def __getattr__(self, name):
        return lambda *_: None


def context(url: str, folder: str) -> Context:
    """A context on the parent's database and folders."""
    settings = Settings(mode="test", database_url=url, cache_dir=f"{folder}/cache")
    artefacts = Artefacts(f"file://{folder}/artefacts")
    return Context(settings, Store(url), artefacts, Silence(), Silence(), now)


def count_up(ctx: Context, course_id: str) -> None:
    """Read, add one, write: what loses updates where transactions are not taken seriously."""
    for _ in range(100):
        with ctx.store.begin() as session:
            query = select(CourseRow).where(CourseRow.id == course_id).with_for_update()
            row = session.scalars(query).one()
            row.title = str(int(row.title) + 1)


def submit(ctx: Context, person_id: str, assignment_id: str, name: str) -> list[str]:
    """Hand in ten times, half of them under keys that the other processes use too."""
    made = []
    for number in range(10):
        answers = {"q2b": RawAnswer(kind="text", text=f"Answer {number}.")}
        key = f"shared-{number}" if number % 2 else f"{name}-{number}"
        given = Intake(person_id, assignment_id, answers, "api", idempotency_key=key)
        made.append(intake.submit(ctx, given).submission_id)
    return made


def record(ctx: Context, grading_ids: list[str]) -> list[str]:
    """Claim and record every grading; returns those that were ours to record."""
    mine = []
    for grading_id in grading_ids:
        work = grading.claim(ctx, grading_id)
        if work is None:
            continue
        grade = Grade(
            assignment="autograd/paper-1",
            student=work.student,
            attempt=work.attempt,
            score=0.0,
            max_score=0.0,
            provisional=False,
            outcome=Outcome.SKIPPED,
            questions=(),
        )
        if grading.record(ctx, grading_id, grade, {}):
            mine.append(grading_id)
    return mine


if __name__ == "__main__":
    orders = json.loads(sys.argv[1])
    ctx = context(orders["url"], orders["folder"])
    count_up(ctx, orders["counter"])
    submitted = submit(ctx, orders["person"], orders["assignment"], orders["name"])
    recorded = record(ctx, orders["gradings"])
    print(json.dumps({"submitted": submitted, "recorded": recorded}))
