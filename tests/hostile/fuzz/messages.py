"""What a worker and a judge say to each other, either way."""

import json
import random
from typing import Any

from pydantic import BaseModel

from rubrics.answers import ParsedAnswer
from rubrics.job import CallResult, Job, Missing, PlainValue, Run, TensorValue
from tests.hostile.fuzz import mutate
from workers import frames
from workers.judge import wire


def _run(rng: random.Random) -> Run:
    dtype, shape, data = mutate.tensor(rng)
    value = TensorValue(dtype=dtype, shape=shape, data=data)
    result = CallResult(values={"value": '{"tensor":0}'}, tensors=(value,))
    values = {"x": value, "y": PlainValue(json_text="1"), "z": Missing(reason="none")}
    return Run(ended=None, values=values, calls={"c/0": result})


def _question(rng: random.Random) -> wire.Question:
    answer = ParsedAnswer(kind="code", text="x", data={"n": [1]}, files={"a.py": rng.randbytes(5)})
    do = rng.choice(("plan", "judge"))
    return wire.Question(
        do=do, answers={"q": answer}, seed=rng.randrange(99), runs={"q": _run(rng)}
    )


def _sample(rng: random.Random) -> bytes:
    """Two valid frames, of each kind of message."""
    kind = rng.randrange(5)
    if kind == 0:
        return wire.pack_folder("course/name", {"a.py": rng.randbytes(9), "b": b""})
    if kind == 1:
        return wire.pack(wire.Batch(questions=(_question(rng), _question(rng))))
    if kind == 2:
        return wire.pack(wire.Audit(numbers=(1, 2), room="q", threads=2))
    if kind == 3:
        job = Job(files={"a.py": rng.randbytes(5)}, entry="a.py", collect=("x",))
        return wire.pack_answer({"jobs": {"q": job}, "more": [(b"ab", None), {"$bytes": "no"}]})
    return wire.pack(_question(rng))


def mutant(rng: random.Random) -> bytes:
    """A message with up to two things wrong."""
    (_, told), (_, blob) = mutate.parts(_sample(rng), 1 << 20)
    value: Any = json.loads(told)
    kinds = ["J", "B"]
    for _ in range(rng.randrange(3)):
        change = rng.randrange(5)
        if change <= 1:
            value = mutate.tree(rng, value)
        elif change == 2:
            blob = mutate.some_bytes(rng, blob)
        elif change == 3:
            value = _resized(rng, value)
        else:
            kinds[rng.randrange(2)] = rng.choice("JBT")
    return mutate.stream(rng, [(kinds[0], mutate.text(value)), (kinds[1], blob)])


def _resized(rng: random.Random, value: Any) -> Any:
    """With the sizes of its bytes changed."""
    if isinstance(value, list):
        return [_resized(rng, one) for one in value]
    if isinstance(value, dict) and set(value) == {"$bytes"}:
        return {"$bytes": rng.choice((-1, 0, 1, 4, 2**70, True, 1.0, "4", None))}
    if isinstance(value, dict):
        return {key: _resized(rng, one) for key, one in value.items()}
    return value


def read(data: bytes, chunk: int) -> tuple[Any, int]:
    """As both sides do: what was said, and the size of its bytes. Raises FrameError, ValueError."""
    parts = mutate.parts(data, chunk)
    told = wire.unpack_answer(parts)
    blob = len(parts[1][1])
    if isinstance(told, dict) and "place" in told:
        return wire.unpack_folder(parts), blob
    if isinstance(told, dict) and "jobs" in told:
        wire.jobs_of(told["jobs"])
        return told, blob
    return wire.unpack_question(parts), blob


def _size(value: Any) -> int:
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(_size(one) for one in value.values())
    return sum(_size(one) for one in value) if isinstance(value, list | tuple) else 0


def sound(told: tuple[Any, int]) -> bool:
    """Whether every byte found its place, and the message says the same when it is sent on.

    A text where bytes belong is taken as its bytes, which makes them more.
    """
    value, blob = told
    if not isinstance(value, BaseModel):
        return _size(value) == blob
    if _size(value.model_dump()) < blob:
        return False
    again = mutate.parts(wire.pack(value), 1 << 20)
    unpack = wire.unpack_folder if isinstance(value, wire.Folder) else wire.unpack_question
    return unpack(again) == value


def refusal(fault: ValueError) -> str:
    """In a word: pydantic's are as long as the message."""
    return fault.reason if isinstance(fault, frames.FrameError) else "not the model"
