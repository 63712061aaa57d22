"""Samples are read with their faults placed, and show what they should."""

from pathlib import Path

import pytest

from rubrics.loader import AssignmentError, find, library_roots, load
from rubrics.outcome import Outcome
from rubrics.samples import differences, load_samples
from rubrics.schema import Assignment
from tests.unit.rubrics.conftest import PAPER

CASES = load_samples(load(find(library_roots())[PAPER]))


def test_a_key_is_where_the_assignment_lies() -> None:
    for key, folder in find(library_roots()).items():
        assert load(folder).key == key


def test_a_difference_is_told() -> None:
    sample = CASES[0]
    assert "expected" in differences(sample, [])[0]


def test_faults_of_samples_name_file_and_line(paper: Assignment, tmp_path: Path) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    (samples / "bad.yaml").write_text(
        "about: x\nanswers:\n  q9: {kind: tensor}\n  q1: {kind: code, file: gone.py}\n"
        "expect:\n  q1: {outcome: wrong}\n"
    )
    (samples / "worse.yaml").write_text("about: x\nanswers: {}\nexpect:\n  q1: {outcome: fine}\n")
    moved = paper.model_copy(update={"folder": tmp_path})
    with pytest.raises(AssignmentError) as caught:
        load_samples(moved)
    places = {(fault.file, fault.line) for fault in caught.value.faults}
    assert places == {("samples/bad.yaml", 3), ("samples/bad.yaml", 4), ("samples/worse.yaml", 4)}


def test_files_of_one_name_lie_in_folders(paper: Assignment, tmp_path: Path) -> None:
    for folder in ("quick", "slow"):
        (tmp_path / "samples" / folder).mkdir(parents=True)
        (tmp_path / "samples" / folder / "model.py").write_text(f"speed = '{folder}'")
        (tmp_path / "samples" / f"{folder}.yaml").write_text(
            f"about: x\nanswers:\n  q1: {{kind: code, files: [{folder}/model.py]}}\n"
            "expect:\n  q1: {outcome: wrong}\n"
        )
    sent = [
        one.answers["q1"].files
        for one in load_samples(paper.model_copy(update={"folder": tmp_path}))
    ]
    assert sent == [{"model.py": b"speed = 'quick'"}, {"model.py": b"speed = 'slow'"}]


def test_a_file_above_the_samples_is_none_of_theirs(paper: Assignment, tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "up.yaml").write_text(
        "about: x\nanswers:\n  q1: {kind: code, file: ../reference.py}\n"
        "expect:\n  q1: {outcome: wrong}\n"
    )
    with pytest.raises(AssignmentError):
        load_samples(paper.model_copy(update={"folder": tmp_path}))


def test_the_samples_show_many_outcomes() -> None:
    seen = {want.outcome for sample in CASES for want in sample.expect.values()}
    wanted = {"correct", "partial", "wrong", "malformed", "crashed", "timed_out", "needs_review"}
    assert {Outcome(one) for one in wanted} <= seen
