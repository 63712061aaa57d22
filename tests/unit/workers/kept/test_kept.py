"""Keys of jobs, runs as bytes, and which runs are worth keeping."""

import dataclasses
from typing import Any

import pytest

from grader.store.artefacts import ArtefactBroken
from rubrics.grade import SandboxUse
from rubrics.job import (
    Call,
    CallResult,
    Input,
    Job,
    Limits,
    Missing,
    NameStep,
    PlainValue,
    Run,
    RunError,
    TensorValue,
)
from rubrics.outcome import Outcome
from workers.kept import Shelf, codec
from workers.kept.key import run_key, runtime
from workers.kept.shelf import worth_keeping

TENSOR = TensorValue(dtype="float32", shape=(1,), data=b"\x00\xff\xfe\x80")
JOB = Job(
    files={"a.py": b"x = 1", "b.py": b"\xff\x00"},
    entry="a.py",
    collect=("x.grad",),
    calls=(Call(name="c", steps=(NameStep(root="student", name="f"),), ship={"value": [1]}),),
    inputs={"i": Input(tensor=TENSOR)},
)
RUN = Run(
    ended=None,
    values={
        "x.grad": TENSOR,
        "n": PlainValue(json_text='{"a": [1, "nan"]}'),
        "m": Missing(reason="none", detail="“why”"),
    },
    calls={
        "c": CallResult(
            values={"value": "[1]"},
            tensors=(TENSOR,),
            output="ü\n",
            error=RunError(type="ValueError", message="no \u2028", file="a.py", line=3),
            kinds=("ValueError", "Exception"),
            ended=Outcome.CRASHED,
        )
    },
    calling=True,
    output="π ≈ 3\n\t$bytes",
    use=SandboxUse(layers=("seccomp",), wall_ms=0.1 + 0.2, cpu_ms=1e-300, peak_mb=3.0),
)


def test_a_run_comes_back_as_the_very_same() -> None:
    data = codec.pack(RUN)
    assert codec.unpack(data) == RUN
    assert codec.pack(codec.unpack(data)) == data


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: b"\x80\x04N." + data,
        lambda data: data.replace(b'"output"', b'"outptu"', 1),
        lambda data: data.replace(b'"$bytes":4', b'"$bytes":5', 1),
    ],
)
def test_what_is_not_a_run_is_refused(spoil: Any) -> None:
    with pytest.raises(codec.KeptBroken):
        codec.unpack(spoil(codec.pack(RUN)))


@pytest.mark.parametrize(
    "change",
    [
        {"files": {"a.py": b"x = 2", "b.py": b"\xff\x00"}},
        {"files": {"a.py": b"x = 1"}},
        {"entry": "b.py"},
        {"collect": ("x",)},
        {"limits": Limits(wall_s=11)},
        {"calls": ()},
        {"inputs": {"i": Input(tensor=TENSOR, requires_grad=True)}},
        {"inputs": {"i": Input(tensor=TENSOR.model_copy(update={"data": b"\x00\xff\xfe\x81"}))}},
        {"as_module": True},
        {"preload": "numpy"},
        {"packages": ("pandas",)},
        {"given": ("a.py",)},
        {"forbidden": ("torch",)},
        {"gives_back": True},
    ],
)
def test_whatever_goes_into_a_run_is_in_its_key(change: dict[str, Any]) -> None:
    assert run_key(JOB.model_copy(update=change)) != run_key(JOB)


def test_every_field_of_a_job_is_in_its_key() -> None:
    tried = {"files", "entry", "collect", "limits", "calls", "inputs", "as_module"}
    tried |= {"preload", "packages", "given", "forbidden", "gives_back"}
    assert set(Job.model_fields) == tried


def test_the_order_in_which_files_came_is_not_in_it() -> None:
    files = dict(reversed(JOB.files.items()))
    assert run_key(JOB.model_copy(update={"files": files})) == run_key(JOB)
    assert len(run_key(JOB)) == len(runtime()) == 64


LIMITS = Limits(wall_s=10, cpu_s=4, call_s=2)


def ended(outcome: Outcome | None, cpu_s: float = 0.0) -> Run:
    return Run(ended=outcome, use=SandboxUse(cpu_ms=1000 * cpu_s))


@pytest.mark.parametrize(
    ("run", "kept"),
    [
        (ended(None), True),
        (ended(Outcome.CRASHED), True),
        (ended(Outcome.OUT_OF_MEMORY), True),
        (ended(Outcome.FORBIDDEN), True),
        (ended(Outcome.SERVICE_ERROR), False),
        (ended(Outcome.TIMED_OUT, cpu_s=4), True),
        (ended(Outcome.TIMED_OUT, cpu_s=1.9), False),
    ],
)
def test_our_faults_and_waiting_for_a_busy_machine_are_not_kept(run: Run, kept: bool) -> None:
    assert worth_keeping(run, LIMITS) is kept


def test_a_call_that_was_late_is_kept_if_it_worked_all_the_time() -> None:
    late = {"c": CallResult(ended=Outcome.TIMED_OUT)}
    busy = ended(None, cpu_s=1.5).model_copy(update={"calls": late})
    idle = ended(None, cpu_s=0.2).model_copy(update={"calls": late})
    assert worth_keeping(busy, LIMITS)
    assert not worth_keeping(idle, LIMITS)


@dataclasses.dataclass
class Ran:
    """A sandbox that counts."""

    runs: int = 0

    def __call__(self, job: Job) -> Run:
        self.runs += 1
        return RUN


def test_a_kept_run_is_taken_and_a_new_one_is_kept() -> None:
    ran = Ran()
    first = Shelf(ran)
    assert first.run(JOB) == RUN
    assert (first.ran, first.taken, ran.runs) == (1, 0, 1)
    key, data = next(iter(first.fresh.items()))
    again = Shelf(ran, {key: "sha"}, {"sha": data}.__getitem__)
    assert again.run(JOB) == RUN
    assert (again.ran, again.taken, ran.runs, again.fresh) == (0, 1, 1, {})


def test_what_is_lost_or_cannot_be_read_is_run() -> None:
    def lost(_: str) -> bytes:
        raise ArtefactBroken("gone")

    ran = Ran()
    for fetch in (lost, lambda _: b"{}"):
        assert Shelf(ran, {run_key(JOB): "sha"}, fetch).run(JOB) == RUN
    assert ran.runs == 2
