"""`xgrad grade`, `check` and `doctor` on the real sandbox and the real judge."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from rubrics.grade import Grade
from rubrics.loader import LIBRARY

PAPER = LIBRARY / "autograd" / "paper-1"


def test_typed_answers_are_graded_and_printed_as_the_one_shape(xgrad: Any) -> None:
    done = xgrad(
        "grade", "autograd/paper-1", "--json", "-a", "q1=[0.9673, 1.6824, 2.0190, 579.9380]"
    )
    assert done.returncode == 0, done.stderr
    grade = Grade.model_validate_json(done.stdout)
    assert (grade.score, grade.questions[0].outcome) == (4.0, "correct")


def test_a_script_and_a_text_file_are_graded_by_folder_and_shown(
    xgrad: Any, tmp_path: Path
) -> None:
    shutil.copyfile(PAPER / "samples" / "right.py", tmp_path / "my answer.py")
    (tmp_path / "q2b.txt").write_text("The sigmoid saturates.")
    done = xgrad("grade", str(PAPER), "my answer.py", "q2b.txt")
    if "my answer.py" in done.stderr:
        # A name with a space is refused with a remedy, as the portal refuses it.
        (tmp_path / "my answer.py").rename(tmp_path / "answer.py")
        done = xgrad("grade", str(PAPER), "answer.py", "q2b.txt")
    assert done.returncode == 0, done.stderr
    assert re.search(r"4 / 4\s*│\s*correct", done.stdout)
    assert "needs_review" in done.stdout
    assert "provisional" in done.stdout


def test_a_sheet_of_answers_may_name_files(xgrad: Any, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    shutil.copyfile(PAPER / "samples" / "crash.py", tmp_path / "work" / "crash.py")
    sheet = {"q1": {"kind": "code", "file": "crash.py"}, "q2a": "eta*(t-o)*o*(1-o)*x"}
    (tmp_path / "work" / "all.json").write_text(json.dumps(sheet))
    done = xgrad("grade", "autograd/paper-1", "work/all.json", "--json")
    questions = Grade.model_validate_json(done.stdout).questions
    assert [one.outcome for one in questions] == ["crashed", "correct", "wrong"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The paper with its samples thinned out, to be spoilt."""
    folder = tmp_path / "my course" / "paper"
    shutil.copytree(PAPER, folder)
    kept = {"students-paper.yaml", "right-script.yaml", "right.py", "malformed.yaml"}
    for file in (folder / "samples").iterdir():
        if file.name not in kept:
            file.unlink()
    return folder


def test_a_sound_assignment_passes(xgrad: Any, copy: Path) -> None:
    done = xgrad("check", str(copy))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "3 samples got their grades, twice" in done.stdout


def test_a_sample_with_another_grade_than_declared_is_placed(xgrad: Any, copy: Path) -> None:
    sample = copy / "samples" / "right-script.yaml"
    sample.write_text(sample.read_text().replace("score: 4", "score: 3"))
    done = xgrad("check", str(copy), "--once")
    assert done.returncode == 1
    line = 1 + sample.read_text().splitlines().index(
        next(one for one in sample.read_text().splitlines() if "score: 3" in one)
    )
    assert f"samples/right-script.yaml:{line}: q1: expected correct 3, got correct 4" in done.stdout


def test_a_reference_that_does_not_run_is_said(xgrad: Any, copy: Path) -> None:
    reference = copy / "reference.py"
    reference.write_text(reference.read_text() + "\nraise RuntimeError('spoilt')\n")
    done = xgrad("check", str(copy), "--once")
    assert done.returncode in {1, 3}
    assert "spoilt" in done.stdout + done.stderr or "reference" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_an_assignment_that_shows_nothing_wrong_is_not_enough(xgrad: Any, copy: Path) -> None:
    (copy / "samples" / "students-paper.yaml").unlink()
    done = xgrad("check", str(copy))
    assert done.returncode == 1
    assert "no sample has a wrong answer" in done.stdout


def test_doctor_reports_every_layer_and_says_whether_work_is_taken(xgrad: Any) -> None:
    done = xgrad("doctor", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"]) == (0, True)
    names = {layer["name"] for layer in report["layers"]}
    assert {"seccomp", "net-namespace", "canaries", "landlock"} <= names
