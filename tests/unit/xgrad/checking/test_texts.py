"""What `xgrad check` finds without running anything: links, and kinds of samples."""

from pathlib import Path

import pytest

from rubrics.loader import LIBRARY, load
from rubrics.samples import load_samples
from rubrics.schema import Assignment
from xgrad.checking.kinds import kinds
from xgrad.checking.links import links

YAML = """key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 1
    statement: |
      Read this first:
      TEXT
    answers: [{kind: number, decimals: 2}, {kind: code, collect: y}]
    checks: [{id: v, kind: values, title: V, reference: ref}]
"""


@pytest.fixture
def made(tmp_path: Path):
    def make(text: str = "") -> Assignment:
        (tmp_path / "assignment.yaml").write_text(YAML.replace("TEXT", text))
        (tmp_path / "reference.py").write_text("def ref():\n    return 1.5\n")
        (tmp_path / "notes.md").write_text("# Notes\n")
        (tmp_path / "my notes.md").write_text("# Notes\n")
        (tmp_path / "samples").mkdir(exist_ok=True)
        return load(tmp_path)

    return make


@pytest.mark.parametrize(
    "text",
    [
        "[notes](notes.md), [again](./notes.md#part)",
        "[torch](https://pytorch.org/docs/stable/), <https://example.org/a?b=c>",
        "[spaces](https://example.org/A%20b?q=a%20b), [a file](<my notes.md>)",
        "[encoded](my%20notes.md), `<a href='gone.md'>` as code, $a<b$, <b>",
        "[mail](mailto:staff@example.org), [below](#part)",
        "`[code](gone.md)` and $x$ without a link",
    ],
)
def test_sound_links_pass(made, text: str) -> None:
    assert links(made(text)).faults == []


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("gone.md", "leads to no file"),
        ("../paper-1/reference.py", "leads to no file"),
        ("/etc/passwd", "leads to no file"),
        ("samples/right.py", "leads to no file"),
        ("htps://example.org", "is not a web address"),
        ("https://example", "is not a web address"),
        ("ftp://example.org/data", "is not a web address"),
        ("mailto:nobody", "names no mailbox"),
        ("https://exa%20mple", "is not a web address"),
        ("gone%20too.md", "leads to no file"),
    ],
)
def test_a_dead_link_is_told_with_its_line(made, target: str, said: str) -> None:
    (fault,) = links(made(f"look [here]({target})")).faults
    assert str(fault).startswith("assignment.yaml:9: ")
    assert said in fault.message


@pytest.mark.parametrize(
    "text",
    [
        'see <a href="https://pytorch.org">torch</a>',
        "see <img alt='' src=notes.md>",
        "\n      <A class='x'\n         HREF='notes.md'>notes</A>",
    ],
)
def test_html_is_told_since_pages_show_it_as_it_is(made, text: str) -> None:
    (fault,) = links(made(text)).faults
    assert "is HTML" in fault.message
    assert "[words](address)" in fault.message


EVERYWHERE = """key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 1
    statement: Which?
    answers:
      - kind: choice
        options:
          - {id: a, text: "[one](gone-a.md)"}
          - {id: b, text: "[two](notes.md)"}
    checks:
      - id: v
        kind: choices
        title: V
        options:
          - {id: a, points: 1}
          - {id: b, feedback: "Read [this](gone-b.md)."}
  - id: p
    title: P
    points: 1
    statement: Explain.
    answers: [{kind: text}]
    checks: [{id: p, kind: person, title: P}]
    rubric:
      - {id: r, text: "As in [notes](gone-c.md)", points: 1}
"""


def test_every_text_that_students_read_is_looked_at(made, tmp_path: Path) -> None:
    made()
    (tmp_path / "assignment.yaml").write_text(EVERYWHERE)
    told = [str(fault).split(": ")[0] for fault in links(load(tmp_path)).faults]
    lines = EVERYWHERE.splitlines()
    gone = [at for at, line in enumerate(lines, 1) if "gone-" in line]
    assert told == [f"assignment.yaml:{at}" for at in gone]


def sample(folder: Path, name: str, text: str) -> None:
    (folder / "samples" / f"{name}.yaml").write_text(text)


def test_missing_kinds_of_samples_are_told(made, tmp_path: Path) -> None:
    assignment = made()
    found = kinds(assignment, load_samples(assignment))
    assert [fault.message.split(":")[0] for fault in found.faults] == [
        "no sample has a right answer",
        "no sample has a wrong answer",
    ]
    sample(
        tmp_path,
        "right",
        "about: a\nanswers: {q: {kind: number, text: '1.5'}}\n"
        "expect: {q: {outcome: correct, score: 1}}\n",
    )
    sample(
        tmp_path,
        "wrong",
        "about: a\nanswers: {q: {kind: number, text: '2'}}\n"
        "expect: {q: {outcome: wrong, score: 0}}\n",
    )
    found = kinds(assignment, load_samples(assignment))
    assert found.faults == []
    assert [warning.message.split(":")[0] for warning in found.warnings] == [
        "no sample is empty",
        "no sample is malformed",
        "no sample is hostile",
    ]
    assert all(line.startswith("warning: samples:1: ") for line in found.lines())


def test_a_check_that_ended_badly_beside_points_is_hostile_too(made, tmp_path: Path) -> None:
    assignment = made()
    sample(
        tmp_path,
        "partly",
        "about: a\nanswers: {q: {kind: number, text: '2'}}\n"
        "expect: {q: {outcome: partial, checks: {v: out_of_memory}}}\n",
    )
    found = kinds(assignment, load_samples(assignment))
    assert not [one for one in found.warnings if "hostile" in one.message]


KEYS = sorted(str(one.parent.relative_to(LIBRARY)) for one in LIBRARY.glob("*/*/assignment.yaml"))


@pytest.mark.parametrize("key", KEYS)
def test_the_library_shows_every_kind(key: str) -> None:
    assignment = load(LIBRARY / key)
    found = kinds(assignment, load_samples(assignment))
    assert (found.faults, found.warnings) == ([], [])
    assert links(assignment).faults == []
