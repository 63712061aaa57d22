"""An assignment's own data files: every run reads the original, and can only read it."""

import io

import numpy
import pytest

from rubrics.job import Job, Limits, Run
from rubrics.outcome import Outcome
from workers.sandbox import Sandbox

TABLE = b"kind,y\na,1\nb,2\na,3\n"
READ = """
import csv, pickle
import numpy, torch
x = [numpy.loadtxt("table.csv", delimiter=",", skiprows=1, usecols=1).tolist()]
x += [numpy.load("grid.npy").tolist(), len(list(csv.DictReader(open("table.csv"))))]
x += [torch.from_numpy(numpy.load("grid.npy", mmap_mode="r").copy()).sum().item()]
"""


def grid() -> bytes:
    file = io.BytesIO()
    numpy.save(file, numpy.arange(3.0))
    return file.getvalue()


def run(sandbox: Sandbox, script: str, **more) -> Run:
    files = {"a.py": script.encode(), "table.csv": TABLE, "grid.npy": grid()}
    given = ("table.csv", "grid.npy")
    return sandbox.run(Job(files=files, entry="a.py", collect=("x",), given=given, **more))


def test_they_are_read_in_every_usual_way(sandbox: Sandbox):
    done = run(sandbox, READ)
    assert done.ended is None, (done.explanation, done.error)
    assert done.values["x"].json_text == "[[1.0, 2.0, 3.0], [0.0, 1.0, 2.0], 3, 3.0]"


def test_pandas_reads_them_where_it_is_asked_for(sandbox: Sandbox):
    script = "import pandas\nx = pandas.read_csv('table.csv').groupby('kind').y.sum().tolist()"
    done = run(sandbox, script, packages=("pandas",), limits=Limits(memory_mb=1024, wall_s=60))
    assert done.ended is None, (done.explanation, done.error)
    assert done.values["x"].json_text == "[4, 2]"


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("open('table.csv', 'w')", "table.csv"),
        ("open('table.csv', 'a')", "table.csv"),
        ("open('./table.csv', 'r+')", "table.csv"),
        ("from pathlib import Path\nPath('table.csv').resolve().write_text('')", "table.csv"),
        ("import numpy\nnumpy.save('grid.npy', numpy.ones(3))", "grid.npy"),
        ("import numpy\nnumpy.load('grid.npy', mmap_mode='r+')", "grid.npy"),
    ],
)
def test_writing_to_one_is_refused_and_says_so(sandbox: Sandbox, script: str, name: str):
    done = run(sandbox, script)
    assert done.ended is Outcome.FORBIDDEN
    assert done.error.type == "PermissionError"
    assert f"The assignment's own {name} can only be read" in done.explanation
    assert "write to a file of another name" in done.explanation


def test_a_file_of_the_students_own_can_be_written(sandbox: Sandbox):
    done = run(sandbox, "open('mine.csv', 'w').write('1')\nopen('a.py', 'a')\nx = 1")
    assert done.ended is None, (done.explanation, done.error)


def test_whoever_insists_changes_a_copy_that_nobody_else_sees(sandbox: Sandbox):
    insists = "import os\nos.remove('table.csv')\nopen('table.csv', 'w').write('gone')\nx = 1"
    for _ in range(2 * sandbox.config.slots + 2):
        assert run(sandbox, insists).ended is None
    assert run(sandbox, "x = open('table.csv').read()").values["x"].json_text == (
        '"kind,y\\na,1\\nb,2\\na,3\\n"'
    )
