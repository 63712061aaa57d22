"""Four processes write at once, and nothing is lost or doubled; on both databases."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from grader.services import courses
from grader.store.models import CourseRow, GradeRow, GradingRow, OutboxRow, SubmissionRow
from rubrics import loader

WRITER = Path(__file__).with_name("writer.py")
NAMES = ("one", "two", "three", "four")


def run(orders):
    """Start every process at once, and return what each of them reports."""
    commands = [[sys.executable, str(WRITER), json.dumps(orders | {"name": n})] for n in NAMES]
    started = [subprocess.Popen(one, stdout=subprocess.PIPE, text=True) for one in commands]
    printed = [process.communicate(timeout=150)[0] for process in started]
    assert [process.returncode for process in started] == [0] * len(NAMES)
    return [json.loads(one) for one in printed]


def test_nothing_is_lost_or_doubled(ctx, classroom, hand_in, tmp_path):
    counter = courses.create(ctx, "counter", "0")
    before = [hand_in(person_id=classroom.other_student_id) for _ in range(15)]
    shutil.rmtree(ctx.settings.cache_dir)
    reports = run(
        {
            "url": ctx.settings.database_url,
            "folder": str(tmp_path),
            "counter": counter,
            "person": classroom.student_id,
            "assignment": classroom.assignment_id,
            "gradings": [one.grading_id for one in before],
        }
    )
    with ctx.store.read() as session:
        no_update_is_lost(session, counter)
        attempts_are_in_order_and_keys_single(session, classroom, reports)
        each_grading_is_recorded_once(session, before, reports)
    # All four unpacked the assignment at once; whoever was first is kept, with no scraps beside.
    (folder,) = ctx.settings.cache_dir.iterdir()
    assert loader.digest(folder) == folder.name


def no_update_is_lost(session, counter):
    assert session.get(CourseRow, counter).title == "400"


def attempts_are_in_order_and_keys_single(session, classroom, reports):
    mine = SubmissionRow.person_id == classroom.student_id
    rows = session.scalars(select(SubmissionRow).where(mine)).all()
    # five keys of each process's own, and five that all of them share
    assert sorted(row.attempt for row in rows) == list(range(1, 26))
    assert len({row.idempotency_key for row in rows}) == 25
    assert {row.id for row in rows} == {one for report in reports for one in report["submitted"]}
    ids = [row.id for row in rows]
    queued = select(func.count()).where(GradingRow.submission_id.in_(ids))
    assert session.scalar(queued) == 25


def each_grading_is_recorded_once(session, before, reports):
    recorded = sorted(one for report in reports for one in report["recorded"])
    assert recorded == sorted(one.grading_id for one in before)
    for table in (GradeRow, OutboxRow):
        assert session.scalar(select(func.count()).select_from(table)) == 15
    assert set(session.scalars(select(GradeRow.revision))) == {1}
