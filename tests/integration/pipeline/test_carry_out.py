"""One grading after another, through the real sandbox and the real judge, into real databases."""

import os
import signal
from typing import Any

import pytest

from grader.bootstrap import Context
from grader.services import grading
from grader.store.queries import submissions
from rubrics.answers import RawAnswer
from rubrics.grade import Grade, QuestionGrade
from workers.engine import Engine
from workers.grading import carry_out
from workers.judge import JudgeBroken


def grade_of(ctx: Context, submission_id: str) -> Grade:
    with ctx.store.read() as session:
        view = submissions.view(session, submission_id)
    assert view.grade is not None
    return view.grade


def first(ctx: Context, submission_id: str) -> QuestionGrade:
    return grade_of(ctx, submission_id).questions[0]


def test_the_students_paper_is_wrong_and_its_reason_is_named(
    ctx: Context, engine: Engine, submit: Any, sample_answers: dict[str, RawAnswer]
) -> None:
    receipt = submit(sample_answers["students-paper"])
    assert carry_out(ctx, engine, receipt.grading_id)
    grade = grade_of(ctx, receipt.submission_id)
    assert (grade.questions[0].score, grade.score, grade.provisional) == (0.0, 2.0, True)
    assert "exponent" in grade.questions[0].checks[0].diagnoses[0].text


def test_a_script_is_run_and_what_it_used_is_stored_with_its_layers(
    ctx: Context, engine: Engine, submit: Any, sample_answers: dict[str, RawAnswer]
) -> None:
    receipt = submit(sample_answers["right-script"])
    assert carry_out(ctx, engine, receipt.grading_id)
    grade = grade_of(ctx, receipt.submission_id)
    assert (grade.questions[0].score, grade.questions[0].outcome) == (4.0, "correct")
    assert {"seccomp", "net-namespace", "not-root"} <= set(grade.sandbox.layers)
    assert 0 < grade.sandbox.wall_ms < 10_000
    assert grade.versions["torch"].startswith("2.13")


@pytest.mark.parametrize(
    ("sample", "outcome", "says"),
    [
        ("third-wrong", "partial", "3 of 4"),
        ("syntax-error-script", "malformed", "line"),
        ("crash-script", "crashed", "stopped in line 7 with NameError: name 'z' is not defined"),
        ("forgot-backward-script", "wrong", "`x.grad` is None: did you call `backward()`"),
    ],
)
def test_whatever_a_student_sends_is_a_grade_and_a_sentence(
    ctx: Context,
    engine: Engine,
    submit: Any,
    sample_answers: dict[str, RawAnswer],
    sample: str,
    outcome: str,
    says: str,
) -> None:
    receipt = submit(sample_answers[sample])
    assert carry_out(ctx, engine, receipt.grading_id)
    question = first(ctx, receipt.submission_id)
    assert question.outcome == outcome
    assert says in question.feedback


@pytest.mark.parametrize(
    ("script", "outcome", "says"),
    [
        ("while True:\n    pass\n", "timed_out", "Look for a loop that does not end."),
        ("import sklearn\n", "crashed", "sklearn is not available here; available are: "),
        ("x = bytearray(2**31)\n", "out_of_memory", "the limit is 512 MB"),
        ("while True:\n    print('x' * 1000)\n", "output_limit", "Print less."),
        ("import os\nos.fork()\n", "process_limit", "do the work in the script itself"),
        (
            "import threading, time\n"
            "while True: threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n",
            "thread_limit",
            "start fewer, or wait for some to end.",
        ),
        ("kept = [open('answer.py') for _ in range(99)]\n", "file_limit", "close those it is done"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 1))\n", "forbidden", "in line 2"),
        ("import torch\ny = 1\n", "wrong", "the script defines no 'x'"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_a_script_does_ends_as_a_sentence_that_helps(
    ctx: Context, engine: Engine, submit: Any, script: str, outcome: str, says: str
) -> None:
    receipt = submit(RawAnswer(kind="code", files={"mine.py": script.encode()}))
    assert carry_out(ctx, engine, receipt.grading_id)
    question = first(ctx, receipt.submission_id)
    assert (question.outcome, question.score) == (outcome, 0.0)
    assert says in question.feedback


def test_phases_are_timed_and_kept(
    ctx: Context, engine: Engine, submit: Any, sample_answers: dict[str, RawAnswer]
) -> None:
    receipt = submit(sample_answers["right-script"])
    carry_out(ctx, engine, receipt.grading_id)
    with ctx.store.read() as session:
        phases = submissions.view(session, receipt.submission_id).phases
    assert set(phases) >= {"queue", "load", "run", "judge"}
    assert all(ms >= 0 for ms in phases.values())
    assert phases["run"] > 0


def test_a_task_that_comes_twice_records_once(
    ctx: Context, engine: Engine, submit: Any, sample_answers: dict[str, RawAnswer]
) -> None:
    receipt = submit(sample_answers["right-numbers"])
    assert carry_out(ctx, engine, receipt.grading_id)
    assert not carry_out(ctx, engine, receipt.grading_id)
    with ctx.store.read() as session:
        assert submissions.view(session, receipt.submission_id).revision == 1


def test_an_id_that_nobody_knows_is_nothing_to_do(ctx: Context, engine: Engine) -> None:
    assert not carry_out(ctx, engine, "01900000-0000-7000-8000-000000000000")


def test_a_judge_that_died_is_our_fault_and_the_next_try_grades(
    ctx: Context, engine: Engine, submit: Any, sample_answers: dict[str, RawAnswer], gone: Any
) -> None:
    carry_out(ctx, engine, submit(sample_answers["right-numbers"]).grading_id)
    for pid in engine.judges.pids().values():
        os.kill(pid, signal.SIGKILL)
        assert gone(pid)
    receipt = submit(sample_answers["right-numbers"])
    with pytest.raises(JudgeBroken):
        carry_out(ctx, engine, receipt.grading_id)
    assert grading.release(ctx, receipt.grading_id, "the judge died")
    assert carry_out(ctx, engine, receipt.grading_id)
    assert first(ctx, receipt.submission_id).score == 4.0


def test_what_breaks_every_time_ends_as_a_service_error_and_never_as_a_zero(
    ctx: Context, engine: Engine, submit: Any, sample_answers: dict[str, RawAnswer]
) -> None:
    receipt = submit(sample_answers["right-numbers"])
    for _ in range(grading.MAX_TRIES):
        assert grading.claim(ctx, receipt.grading_id) is not None
        more = grading.release(ctx, receipt.grading_id, "the sandbox broke")
    assert not more
    assert not carry_out(ctx, engine, receipt.grading_id)
    grade = grade_of(ctx, receipt.submission_id)
    assert (grade.score, grade.outcome, grade.provisional) == (None, "service_error", True)
