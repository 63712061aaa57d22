"""An assignment's own data files: every run reads the original, which cannot be replaced either."""

import io
import json
import time

import numpy
import pytest

from rubrics.job import Job, Limits, Run
from rubrics.outcome import Outcome
from workers.sandbox import Sandbox, pool

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
        ("import os\nos.chmod('table.csv', 0o666)", "table.csv"),
        ("import shutil\nshutil.copy('a.py', 'table.csv')", "table.csv"),
        ("import shutil\nshutil.move('a.py', 'table.csv')", "table.csv"),
    ],
)
def test_writing_to_one_is_refused_and_says_so(sandbox: Sandbox, script: str, name: str):
    done = run(sandbox, script)
    assert done.ended is Outcome.FORBIDDEN
    assert f"The assignment's own {name} can only be read" in done.explanation
    assert "write to a file of another name" in done.explanation


def test_a_file_of_the_students_own_can_be_written(sandbox: Sandbox):
    done = run(sandbox, "open('mine.csv', 'w').write('1')\nopen('a.py', 'a')\nx = 1")
    assert done.ended is None, (done.explanation, done.error)


@pytest.mark.parametrize(
    "script",
    [
        "os.remove('table.csv')",
        "os.rename('table.csv', 'mine.csv')",
        "os.replace('a.py', 'table.csv')",
        "shutil.rmtree('.')",
    ],
)
def test_removing_or_replacing_one_is_refused_and_says_so(sandbox: Sandbox, script: str):
    done = run(sandbox, f"import os, shutil\n{script}")
    assert done.ended is Outcome.FORBIDDEN
    own = "grid.npy" if "grid.npy" in done.error.message else "table.csv"
    assert done.explanation == (
        f"The assignment's own {own} can only be read, and neither be removed nor replaced"
        " in line 2: write to a file of another name."
    )


INSISTS = """
import os
def tries(act):
    try:
        act()
    except OSError:
        return
    raise AssertionError
tries(lambda: os.chmod("table.csv", 0o666))
tries(lambda: os.remove("table.csv"))
tries(lambda: os.rename("table.csv", "old.csv"))
open("new.csv", "w").write("gone")
tries(lambda: os.replace("new.csv", "table.csv"))
tries(lambda: os.link("new.csv", "table.csv"))
tries(lambda: os.rmdir(os.getcwd()))
tries(lambda: os.rename(os.getcwd(), "/home/other"))
x = open("table.csv").read()
"""


def test_whoever_insists_reads_the_original_all_the_same(sandbox: Sandbox):
    done = run(sandbox, INSISTS)
    assert done.ended is None, (done.explanation, done.error)
    assert done.values["x"].json_text == '"kind,y\\na,1\\nb,2\\na,3\\n"'


def having(sandbox: Sandbox, given: dict[str, bytes], script: str, **limits: float) -> Run:
    files = {"a.py": script.encode(), **given}
    names = tuple(given)
    wanted = Limits(**limits)
    return sandbox.run(Job(files=files, entry="a.py", collect=("x",), given=names, limits=wanted))


def test_every_run_finds_the_files_of_its_own_assignment_and_no_others(sandbox: Sandbox):
    script = "import os\nx = sorted([n, open(n).read()] for n in os.listdir() if n != 'a.py')"
    sets = [{"t.csv": b"1"}, {}, {"t.csv": b"2"}, {"u.csv": b"1"}, {"t.csv": b"1", "u.csv": b""}]
    for _ in range(2):
        for given in sets:
            done = having(sandbox, given, script)
            found = json.loads(done.values["x"].json_text)
            assert found == [[name, data.decode()] for name, data in given.items()]


def test_files_larger_than_the_memory_are_no_use_of_the_students(sandbox: Sandbox):
    script = "x = len(open('big', 'rb').read(1000)) + len(b'x' * 20_000_000)"
    for size in (1, 40 << 20, 1):  # where a job with little memory was, larger files come
        for _ in range(2 * sandbox.config.slots + 2):
            done = having(sandbox, {"big": bytes(size)}, script, memory_mb=32, box_mb=64)
            assert done.ended is None, (size, done.explanation, done.error)
            assert done.use.peak_mb < 30
    over = having(
        sandbox, {"big": bytes(40 << 20)}, "x = b'x' * 64_000_000", memory_mb=32, box_mb=64
    )
    assert over.ended is Outcome.OUT_OF_MEMORY


def test_a_child_waits_with_the_files_of_the_assignment_at_hand(sandbox: Sandbox):
    waiting, files = sandbox._pool._waiting, (("table.csv", TABLE), ("grid.npy", grid()))

    def ready() -> bool:
        found = [placed.wanted.given for placed in tuple(waiting)]
        return found.count(files) == sandbox.config.slots

    assert run(sandbox, "x = 1").ended is None
    until = time.monotonic() + 30
    while not ready() and time.monotonic() < until:
        time.sleep(0.01)
    assert ready()


def test_children_that_others_were_asked_for_instead_of_end(sandbox: Sandbox, monkeypatch):
    monkeypatch.setattr(pool, "STALE_S", 0.0)
    for _ in range(2 * sandbox.config.slots + 2):
        assert run(sandbox, "x = 1").ended is None
    assert having(sandbox, {}, "x = 1").ended is None
    waiting, until = sandbox._pool._waiting, time.monotonic() + 30
    while any(placed.wanted.given for placed in tuple(waiting)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(placed.wanted.given for placed in tuple(waiting))
    assert run(sandbox, "x = 1").ended is None


def test_an_error_in_a_file_that_was_given_is_told_by_its_name(sandbox: Sandbox):
    helper = {"helper.py": b"def half(x):\n    return x / 0\n"}
    done = having(sandbox, helper, "import helper\nhelper.half(1)")
    assert done.ended is Outcome.CRASHED
    assert (done.error.file, done.error.line) == ("helper.py", 2)
