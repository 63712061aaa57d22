"""The jobs of a question: a file that holds the slot holds it once."""

import pytest

from rubrics.grade import SandboxUse
from rubrics.job import Call, CallResult, Job, Limits, Run, RunError
from rubrics.outcome import Outcome
from workers.jobs import UNTRIED, run_all

CALLS = (Call(name="c", steps=(), ship={}),)
WALL = Limits(wall_s=10)
TIMED = {
    "q/fast/student": Job(
        files={}, entry="a.py", collect=(), calls=CALLS, limits=Limits(wall_s=20)
    ),
    "q/fast/author": Job(
        files={}, entry="loop.py", collect=(), calls=CALLS, limits=Limits(wall_s=20)
    ),
}
PLAIN = Job(files={}, entry="a.py", collect=(), calls=CALLS, limits=WALL)
JOBS = {"q": PLAIN} | TIMED | {"q/hidden": PLAIN, "other": PLAIN}


class Child:
    """Gives the runs one after another, the last again and again; keeps what was asked of it."""

    def __init__(self, *runs: Run) -> None:
        self.runs, self.asked = list(runs), list[Job]()

    def run(self, job: Job) -> Run:
        self.asked.append(job)
        return self.runs.pop(0) if len(self.runs) > 1 else self.runs[0]


def ran(wall_s: float = 0.1, **more: object) -> Run:
    plain = {"ended": None, "calling": True, "use": SandboxUse(wall_ms=1000 * wall_s)}
    return Run.model_validate(plain | more)


STUCK = ran(10, ended=Outcome.TIMED_OUT, calling=False, explanation="It was still running.")


def test_all_are_run_and_what_is_timed_comes_last() -> None:
    child = Child(ran())
    found = run_all(JOBS, child.run)
    assert set(found) == set(JOBS)
    assert list(found) == ["q", "q/hidden", "q/fast/student", "q/fast/author", "other"]
    assert len(child.asked) == 5


def test_a_file_that_never_came_to_its_calls_is_run_once_a_question() -> None:
    child = Child(STUCK, ran())
    found = run_all(JOBS, child.run)
    assert len(child.asked) == 2  # this question's first job, and the other question's
    assert found["q/hidden"].ended is found["q/fast/student"].ended is Outcome.TIMED_OUT
    assert found["q/hidden"].explanation == STUCK.explanation
    assert sum(run.use.wall_ms for run in found.values()) == pytest.approx(10_100)
    assert "q/fast/author" not in found
    assert found["other"].ended is None


def test_what_a_file_had_defined_before_it_failed_is_tried_in_every_job() -> None:
    error = RunError(type="NameError", message="x")
    child = Child(ran(ended=Outcome.CRASHED, error=error))
    run_all({"q": PLAIN, "q/hidden": PLAIN}, child.run)
    assert len(child.asked) == 2
    alone = PLAIN.model_copy(update={"calls": ()})
    child = Child(ran(ended=Outcome.CRASHED, error=error, calling=False))
    run_all({"q": alone, "q/hidden": PLAIN}, child.run)
    assert len(child.asked) == 2


def test_our_fault_is_tried_again() -> None:
    child = Child(ran(ended=Outcome.SERVICE_ERROR, calling=False), ran())
    assert run_all({"q": PLAIN, "q/hidden": PLAIN}, child.run)["q/hidden"].ended is None


def test_one_budget_holds_for_all_jobs_of_a_question() -> None:
    late = ran(20, calls={"c": CallResult(ended=Outcome.TIMED_OUT)})
    child = Child(late, ran())
    found = run_all(JOBS, child.run)
    assert len(child.asked) == 2
    assert found["q/hidden"].explanation == found["q/fast/student"].explanation == UNTRIED


def test_honest_runs_may_take_all_of_their_time() -> None:
    child = Child(ran(9.9))
    assert all(one.ended is None for one in run_all(JOBS, child.run).values())
    assert len(child.asked) == 5


def test_the_authors_file_is_timed_beside_the_last_run_that_there_was_time_for() -> None:
    child = Child(ran(), ran(), ran(25, ended=Outcome.TIMED_OUT), ran())
    found = run_all(JOBS, child.run)
    assert found["q/fast/author"].ended is None
    assert len(child.asked) == 5
