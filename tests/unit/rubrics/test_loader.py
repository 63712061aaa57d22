"""Assignments load, or every fault is named with its file and line."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from rubrics.loader import AssignmentError, digest, files, find, library_roots, load
from rubrics.schema import Assignment, json_schema
from tests.unit.rubrics.conftest import PAPER, Write

ROOT = Path(__file__).parents[3]


def faults(folder: Path) -> list[str]:
    with pytest.raises(AssignmentError) as caught:
        load(folder)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [str(fault) for fault in caught.value.faults]


def test_the_paper_loads(paper: Assignment) -> None:
    assert paper.key == PAPER
    assert paper.max_score == 9
    assert [question.id for question in paper.questions] == ["q1", "q2a", "q2b"]
    with pytest.raises(KeyError):
        paper.question("q3")


def test_the_published_schema_is_current() -> None:
    published = ROOT / "docs" / "assignment.schema.json"
    assert published.read_text() == json_schema(), (
        "write rubrics.schema.json_schema() to docs/assignment.schema.json"
    )


def test_the_published_schema_takes_the_library_and_refuses_nonsense() -> None:
    schema = json.loads(json_schema())
    for folder in find(library_roots()).values():
        content = yaml.safe_load((folder / "assignment.yaml").read_text())
        jsonschema.validate(content, schema)
        content["questions"][0]["points"] = -1
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content, schema)


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "assignment.yaml").write_text(
        "key: No Good\n"
        "title: T\n"
        "colour: red\n"
        "questions:\n"
        "  - id: q1\n"
        "    title: Q\n"
        "    points: -1\n"
        "    statement: S\n"
        "    answers:\n"
        "      - {kind: tensor, shape: [2]}\n"
        "      - {kind: code, collect: 1x}\n"
        "      - {kind: dance}\n"
        "    checks:\n"
        "      - kind: values\n"
        "        id: v\n"
        "        title: V\n"
    )
    said = faults(tmp_path)
    lines = [one.split(": ")[0] for one in said]
    assert lines == [f"assignment.yaml:{line}" for line in (1, 3, 7, 10, 11, 12, 14)]
    assert "questions[0].answers[0].tensor: give either `decimals` or `significant`" in said[3]
    assert "questions[0].checks[0].values.reference: Field required" in said[6]


MISSPELT = """\
key: a/b
title: T
questions:
  - id: q1
    title: Q
    pionts: 2
    statement: S
    answers: [{kind: code, colect: x, limits: {walls: 3}}]
    checks: [{id: v, kind: values, title: V, refrence: f, qwertz: 1}]
"""


def test_a_misspelt_field_is_told_once_with_the_one_meant(tmp_path: Path) -> None:
    (tmp_path / "assignment.yaml").write_text(MISSPELT)
    unknown = "there is no such field"
    assert [one.split(": ", 1)[1] for one in faults(tmp_path)] == [
        f"questions[0].pionts: {unknown}; did you mean `points`?",
        f"questions[0].answers[0].code.limits.walls: {unknown}; did you mean `wall_s`?",
        f"questions[0].answers[0].code.colect: {unknown}; did you mean `collect`?",
        f"questions[0].checks[0].values.refrence: {unknown}; did you mean `reference`?",
        f"questions[0].checks[0].values.qwertz: {unknown}",
    ]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("key: a\n  b: [", 2, ""),
        ("key: a/b\nkey: a/c\n", 2, "`key` is given twice"),
        ("title: &t T\nkey: *t\n", 2, "aliases are not taken"),
        ("", 1, "the file is empty"),
        ("- 1\n- 2\n", 1, "valid dictionary"),
        ("x: !!python/object:os.system {}\n", 1, "could not determine a constructor"),
        ("\x00", 1, "not valid YAML"),
        ("x: " + "[" * 5000, 1, "not valid YAML"),
        ("x: " + "y" * 600_000, 1, "larger than 512 KB"),
    ],
)
def test_broken_yaml_names_its_line(tmp_path: Path, content: str, line: int, message: str) -> None:
    (tmp_path / "assignment.yaml").write_text(content)
    (said,) = faults(tmp_path)
    assert said.startswith(f"assignment.yaml:{line}: ")
    assert message in said


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "assignment.yaml").write_bytes(b"\xff\xfe\x00title")
    assert faults(tmp_path)[0].startswith("assignment.yaml:1: not valid YAML")


def test_a_missing_file(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["assignment.yaml:1: cannot be read"]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"answers": "[{kind: text}]"}, "checks[0].kind: a `text` answer holds no values"),
        (
            {"answers": "[{kind: code, collect: x}, {kind: code, collect: y}]"},
            "answers[1].kind: `code` is used twice",
        ),
        (
            {"checks": "[{id: p, kind: person, title: P}]"},
            "questions[0]: the items' positive points add up to 0, the check has 2",
        ),
        (
            {"checks": "[{id: p, kind: person, title: P}, {id: p, kind: person, title: P}]"},
            "checks[1].id: `p` is used twice",
        ),
        ({"reference": "def other():\n    return 1\n"}, "reference.py:1: no function `ref`"),
        ({"reference": "def ref(:\n"}, "reference.py:5: not valid Python"),
    ],
)
def test_parts_must_fit_together(write: Write, parts: dict[str, str], message: str) -> None:
    assert any(message in said for said in faults(write(**parts)))


def test_a_rubric_needs_a_person(write: Write) -> None:
    folder = write()
    with (folder / "assignment.yaml").open("a") as file:
        file.write("    rubric: [{id: a, text: A, points: 1}, {id: a, text: B, points: 1}]\n")
    said = faults(folder)
    assert any("rubric items need a `person` check" in one for one in said)
    assert any("rubric[1].id: `a` is used twice" in one for one in said)


EQUIVALENT = "{{id: {}, kind: equivalent, title: E, formula: x}}"
PERSON = "{{id: {}, kind: person, title: P}}"


@pytest.mark.parametrize(
    ("kinds", "place", "message"),
    [
        ((EQUIVALENT, PERSON), 1, "give this one a question of its own"),
        ((PERSON, EQUIVALENT), 1, "give this one a question of its own"),
        ((EQUIVALENT, EQUIVALENT), 1, "give this one a question of its own"),
        ((PERSON, PERSON), 1, "at most one `person` check a question"),
    ],
)
def test_a_question_leaves_one_check_to_people(
    write: Write, kinds: tuple[str, ...], place: int, message: str
) -> None:
    """Two may stay open, a person decides one: such a question might never have a score."""
    checks = ", ".join(kind.format(f"c{at}") for at, kind in enumerate(kinds))
    answers = "[{kind: expression, symbols: [{name: x}]}]"
    folder = write(answers=answers, checks=f"[{checks}]")
    (line,) = [
        at + 1
        for at, text in enumerate((folder / "assignment.yaml").read_text().splitlines())
        if "checks: [" in text
    ]
    said = [one for one in faults(folder) if f"checks[{place}].kind" in one]
    assert [one.startswith(f"assignment.yaml:{line}: ") for one in said] == [True]
    assert message in said[0]


def test_a_missing_reference(write: Write) -> None:
    folder = write()
    (folder / "reference.py").unlink()
    assert "reference.py:1: `reference.py` cannot be read" in faults(folder)[0]


def test_a_link_is_refused(write: Write) -> None:
    folder = write()
    (folder / "data.txt").symlink_to("/etc/passwd")
    assert faults(folder) == ["data.txt:1: links are not taken: put the file itself here"]
    assert folder / "data.txt" not in files(folder)


def test_digest_covers_what_defines_the_assignment_and_no_more(
    paper: Assignment, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(paper.folder, copy, ignore=shutil.ignore_patterns("samples", "__pycache__"))
    assert digest(copy) == paper.digest
    (copy / "samples").mkdir()
    (copy / "samples" / "new.yaml").write_text("about: x")
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "reference.pyc").write_bytes(b"x")
    (copy / ".DS_Store").write_bytes(b"x")
    assert digest(copy) == paper.digest
    (copy / "reference.py").write_text("# another\n")
    assert digest(copy) != paper.digest


def test_digest_tells_names_from_contents(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "a").write_bytes(b"bc")
    (other / "ab").write_bytes(b"c")
    assert digest(one) != digest(other)


def test_an_earlier_root_wins(write: Write, tmp_path: Path) -> None:
    folder = write()
    second = tmp_path / "second"
    shutil.copytree(folder, second / "course" / "made")
    found = find(library_roots([tmp_path, second]))
    assert found["course/made"] == folder
    assert PAPER in found
