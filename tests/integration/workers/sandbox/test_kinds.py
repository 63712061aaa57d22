"""Fork servers with other preloads and packages: made at need, seen by none else, stopped."""

import threading
from collections.abc import Iterator

import pytest

from rubrics.job import Job, Limits
from workers.sandbox import Sandbox, SandboxConfig
from workers.sandbox.servers import MOST, Kind

LOADED = "import sys\nx = sorted({'torch', 'numpy', 'sympy'} & set(sys.modules))"
ROOMY = Limits(memory_mb=1024, wall_s=60, cpu_s=60)
FIGURE = """
import io
from matplotlib import pyplot as plt
import matplotlib
plt.plot([1, 2, 3], [1, 4, 9])
plt.title("squares")
file = io.BytesIO()
plt.savefig(file, format="png")
x = [matplotlib.get_backend().lower(), file.getvalue()[1:4].decode()]
"""
FRAME = """
import pandas
table = pandas.DataFrame({"kind": ["a", "b", "a"], "y": [1.0, 2.0, 3.0]})
table.to_csv("out.csv", index=False)
x = pandas.read_csv("out.csv").groupby("kind").y.mean().tolist()
"""
FITTED = """
import numpy
from sklearn.linear_model import LinearRegression
from sklearn.tree import DecisionTreeClassifier
data = numpy.arange(12.0).reshape(6, 2)
x = [LinearRegression().fit(data, data.sum(1)).score(data, data.sum(1)) > 0.99]
x += DecisionTreeClassifier().fit(data, [0, 0, 0, 1, 1, 1]).predict(data).tolist()
"""


def job(script: str, **more) -> Job:
    more = {"limits": ROOMY, **more}
    return Job(files={"a.py": script.encode()}, entry="a.py", collect=("x",), **more)


def found(box: Sandbox, script: str, **more) -> str:
    run = box.run(job(script, **more))
    assert run.ended is None, (run.explanation, run.error, run.output)
    return run.values["x"].json_text


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    one = Sandbox(SandboxConfig(slots=2, waiting=1, preload=()))
    one.start()
    try:
        yield one
    finally:
        one.close()


@pytest.mark.parametrize(
    ("preload", "loaded"),
    [("plain", "[]"), ("numpy", '["numpy"]'), ("sympy", '["numpy", "sympy"]')],
)
def test_a_child_finds_imported_what_its_job_asked_for(box, preload, loaded):
    assert found(box, LOADED, preload=preload) == loaded
    assert Kind(preload) in box._servers.kinds()


def test_what_is_not_preloaded_can_be_imported_all_the_same(box):
    assert found(box, "import sympy\nx = str(sympy.Integer(6))", preload="plain") == '"6"'


@pytest.mark.parametrize(
    ("package", "script", "wanted"),
    [
        ("matplotlib", FIGURE, '["agg", "PNG"]'),
        ("pandas", FRAME, "[2.0, 2.0]"),
        ("scikit-learn", FITTED, "[true, 0, 0, 0, 1, 1, 1]"),
    ],
)
def test_a_package_works_where_it_is_asked_for_and_nowhere_else(box, package, script, wanted):
    assert found(box, script, preload="numpy", packages=(package,)) == wanted
    run = box.run(job(script, preload="numpy"))
    assert "not available here; available are: the standard library, torch, numpy, sympy." in (
        run.explanation
    )


def test_the_message_names_the_packages_asked_for(box):
    run = box.run(job("import no_such", preload="numpy", packages=("pandas",)))
    assert run.explanation.endswith("the standard library, torch, numpy, sympy, pandas.")


def test_what_is_not_installed_makes_no_fork_server_of_its_own():
    assert Kind.of(job("", packages=())) == Kind()
    assert Kind.of(job("", packages=("pandas", "pandas"))) == Kind(packages=("pandas",))


def test_an_idle_one_is_stopped_and_the_first_is_kept(gone):
    box = Sandbox(SandboxConfig(slots=1, waiting=1, preload=(), idle_s=0.4))
    try:
        box.start()
        with box._servers.use(Kind("plain")) as server:
            server.run(job(LOADED, preload="plain"))
            pid = server.pool.zygote.pid
        assert gone(pid)
        assert box._servers.kinds() == (Kind(),)
        assert found(box, LOADED, preload="plain") == "[]"
    finally:
        box.close()


def test_more_kinds_than_places_take_turns_and_none_is_starved(monkeypatch):
    monkeypatch.setattr("workers.sandbox.servers.MOST", 2)
    box = Sandbox(SandboxConfig(slots=2, waiting=0, preload=()))
    wrong = []

    def ask(preload: str, wanted: str) -> None:
        for _ in range(3):
            if found(box, LOADED, preload=preload) != wanted:
                wrong.append(preload)

    try:
        box.start()
        asked = [("plain", "[]"), ("numpy", '["numpy"]'), ("torch", "[]")]
        threads = [threading.Thread(target=ask, args=one) for one in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(box._servers.kinds()) <= 2 < MOST
    finally:
        box.close()
    assert wrong == []


def test_users_of_different_fork_servers_have_different_ids_outside(box):
    found(box, LOADED, preload="plain")
    found(box, LOADED, preload="numpy")
    bases = [entry.server._uid_base for entry in box._servers._entries.values()]
    assert len(set(bases)) == len(bases)
    size = 2 * (box.config.slots + box.config.ready + 1)
    assert all((base - min(bases)) % size == 0 for base in bases)
