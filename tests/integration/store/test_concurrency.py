"""Four processes write at once, and nothing is lost or doubled; on both databases."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from grader.services import courses
from grader.store.models import CourseRow, GradeRow, GradingRow, OutboxRow, SubmissionRow
from rubrics import loader

WRITER = Path(__file__).with_name("writer.py")
PROCESSES = 4


def run(ctx, tmp_path, *commands):
    """Start every command at once, and return the lines that each printed."""
    base = [sys.executable, str(WRITER), ctx.settings.database_url, str(tmp_path)]
    started = [
        subprocess.Popen([*base, *command], stdout=subprocess.PIPE, text=True)
        for command in commands
    ]
    printed = [process.communicate(timeout=120)[0].split() for process in started]
    assert [process.returncode for process in started] == [0] * len(commands)
    return printed


def test_no_update_is_lost(ctx, tmp_path):
    course_id = courses.create(ctx, "counter", "0")
    run(ctx, tmp_path, *[("count_up", course_id, "100")] * PROCESSES)
    with ctx.store.read() as session:
        assert session.get(CourseRow, course_id).title == "400"


def test_attempts_stay_in_order_and_keys_stay_single(ctx, classroom, tmp_path):
    who = (classroom.student_id, classroom.assignment_id, "10")
    printed = run(ctx, tmp_path, *[("submit", *who, f"p{n}") for n in range(PROCESSES)])

    with ctx.store.read() as session:
        attempts = session.scalars(select(SubmissionRow.attempt)).all()
        gradings = session.scalar(select(func.count()).select_from(GradingRow))
        keys = session.scalars(select(SubmissionRow.idempotency_key)).all()
    # 5 keys of each process's own, and 5 that all of them share
    assert sorted(attempts) == list(range(1, 26))
    assert gradings == len(set(keys)) == 25
    assert all(len(lines) == 10 for lines in printed)
    assert len({line for lines in printed for line in lines}) == 25
    # All four unpacked the assignment at once; whoever was first is kept, with no scraps beside.
    (folder,) = ctx.settings.cache_dir.iterdir()
    assert loader.digest(folder) == folder.name


def test_workers_that_race_record_each_grading_once(ctx, hand_in, tmp_path):
    ids = [hand_in().grading_id for _ in range(15)]
    printed = run(ctx, tmp_path, *[("record", *ids)] * PROCESSES)

    assert sorted(line for lines in printed for line in lines) == sorted(ids)
    with ctx.store.read() as session:
        for table in (GradeRow, OutboxRow):
            assert session.scalar(select(func.count()).select_from(table)) == 15
        assert set(session.scalars(select(GradeRow.revision))) == {1}
