"""Jobs, runs and answers cross to the judge and back, byte for byte."""

from typing import Any

import pytest
from pydantic import ValidationError

from rubrics.answers import ParsedAnswer
from rubrics.job import Call, CallResult, CallStep, Input, Job, NameStep, Run, TensorValue
from workers import frames
from workers.judge import wire

TENSOR = TensorValue(dtype="float32", shape=(1,), data=b"\0\1\2\3")
JOB = Job(
    files={"a.py": b"x = 1"},
    entry="a.py",
    collect=(),
    calls=(
        Call(
            name="c/0",
            steps=(NameStep(root="student", name="f"), CallStep(of=0, args=({"input": "i"},))),
            ship={"value": {"step": 1}},
        ),
    ),
    inputs={"i": Input(tensor=TENSOR, strides=(1,), requires_grad=True)},
)
RUN = Run(
    ended=None,
    values={"x": TENSOR},
    calls={"c/0": CallResult(values={"value": '{"tensor":0}'}, tensors=(TENSOR,))},
)


def parts(packed: bytes) -> wire.Parts:
    reader = frames.Reader(1 << 20)
    reader.feed(packed)
    return list(reader.frames())


def test_a_folder() -> None:
    files = {"a": b"", "b/c.py": b"\0\xff"}
    told = wire.unpack_folder(parts(wire.pack_folder("course/name", files)))
    assert (told.place, told.files) == ("course/name", files)


def test_a_submission() -> None:
    answer = ParsedAnswer(kind="code", text="x", data={"n": [1, None]}, files={"a.py": b"x"})
    asked = wire.Question(
        do="judge", answers={"q": answer}, seed=2**40, runs={"q": RUN, "q/c": RUN}
    )
    again = wire.unpack_question(parts(wire.pack(asked)))
    assert again.model_copy(update={"runs": dict(again.runs)}) == asked


def test_a_plan() -> None:
    told = wire.unpack_answer(parts(wire.pack_answer({"jobs": {"q": JOB}})))
    assert wire.jobs_of(told["jobs"]) == {"q": JOB}


@pytest.mark.parametrize(
    ("told", "blob"),
    [
        ({"$bytes": 3}, b"ab"),
        ({"$bytes": -1}, b""),
        ({"$bytes": True}, b"a"),
        ({"$bytes": "1"}, b"a"),
        ({"a": {"$bytes": 1}}, b"ab"),
        ({}, b"a"),
    ],
)
def test_sizes_are_not_believed(told: Any, blob: bytes) -> None:
    packed = frames.pack_json(told) + frames.pack("B", blob)
    with pytest.raises(frames.FrameError):
        wire.unpack_answer(parts(packed))


def test_a_job_of_another_shape_is_refused() -> None:
    with pytest.raises(ValidationError):
        wire.jobs_of({"q": {"files": {}, "entry": "a", "collect": (), "points": 3}})
