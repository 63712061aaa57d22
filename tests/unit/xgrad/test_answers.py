"""Files and options on the command line become answers of the right kind."""

from pathlib import Path

import pytest

from rubrics.loader import LIBRARY, load
from xgrad.answers import collect
from xgrad.faults import Fault

STABILITY = load(LIBRARY / "numerics" / "stability")
PAPER = load(LIBRARY / "autograd" / "paper-1")


@pytest.mark.parametrize(
    ("name", "question", "kind"),
    [
        ("inverse.npy", "hilbert", "tensor"),
        ("inverse.SAFETENSORS", "hilbert", "tensor"),
        ("page.jpg", "working", "scan"),
        ("all.pdf", "working", "scan"),
        ("working.png", "working", "scan"),
    ],
)
def test_a_file_goes_to_the_question_that_takes_its_type(
    tmp_path: Path, name: str, question: str, kind: str
) -> None:
    (tmp_path / name).write_bytes(b"\x93NUMPY")
    found = collect(STABILITY, [tmp_path / name], [])
    assert [(key, one.kind, list(one.files)) for key, one in found.items()] == [
        (question, kind, [name])
    ]


def test_typed_answers_may_be_of_any_kind(tmp_path: Path) -> None:
    (tmp_path / "slope.txt").write_text("e^a")
    typed = ["facts=halving, nan", "euler=1+0.1i", f"hilbert=@{tmp_path / 'h.json'}"]
    (tmp_path / "h.json").write_text("[[1]]")
    found = collect(STABILITY, [tmp_path / "slope.txt"], typed)
    kinds = {name: (one.kind, bool(one.files)) for name, one in found.items()}
    assert kinds == {
        "slope": ("expression", False),
        "facts": ("choice", False),
        "euler": ("number", False),
        "hilbert": ("tensor", True),
    }


def test_a_script_is_still_the_answer_to_what_takes_one(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("x = 1")
    found = collect(PAPER, [tmp_path / "mine.py"], [])
    assert (found["q1"].kind, list(found["q1"].files)) == ("code", ["mine.py"])


def test_a_sheet_may_name_several_pages(tmp_path: Path) -> None:
    for name in ("a.png", "b.jpg"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sheet.yaml").write_text("working: {kind: scan, files: [a.png, b.jpg]}")
    assert list(collect(STABILITY, [tmp_path / "sheet.yaml"], [])["working"].files) == [
        "a.png",
        "b.jpg",
    ]


def test_what_nobody_takes_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("x = 1")
    with pytest.raises(Fault, match="It could be: none"):
        collect(STABILITY, [tmp_path / "mine.py"], [])
