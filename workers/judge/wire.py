"""What a worker and a judge say to each other: one JSON frame, and one of all raw bytes in it.

Used on both sides; imports no torch.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from rubrics.answers import ParsedAnswer
from rubrics.findings import Truth, WrongSample
from rubrics.grade import Frozen
from rubrics.job import Job, Run
from workers import frames

Parts = list[tuple[str, bytes]]
DEPTH = 64
_BYTES = "$bytes"
_MARK = b"bytes"  # whichever way its `$` is written


class Folder(Frozen):
    """An assignment's folder: its place (`course/name`) and its files by relative path."""

    place: str
    files: dict[str, bytes]


class Question(Frozen):
    """One submission: to be planned, or to be judged with what its runs produced."""

    do: Literal["plan", "judge"]
    answers: dict[str, ParsedAnswer]
    seed: int
    runs: dict[str, Run] = Field(default_factory=dict)


class Batch(Frozen):
    """Many submissions in one message; each gets an answer of its own, or a fault."""

    questions: tuple[Question, ...]


class Audit(Frozen):
    """An assignment is tried out in these variants; with `room` that question's tolerances are.

    `threads` is how many torch may use to work out right answers again, which are then held to
    `truths`. Where none are given (`first`) this judge says what is right, and looks at `samples`.
    """

    numbers: tuple[int, ...]
    room: str = ""
    threads: int = 1
    samples: tuple[WrongSample, ...] = ()
    truths: tuple[Truth, ...] = ()
    first: bool = True


def pack(message: BaseModel) -> bytes:
    """Two frames. The bytes are lifted out of the JSON, in order."""
    blobs: list[bytes] = []
    told = _lift(message.model_dump(mode="python"), blobs)
    return frames.pack_json(told) + frames.pack("B", b"".join(blobs))


def pack_folder(place: str, files: Mapping[str, bytes]) -> bytes:
    """An assignment's folder."""
    return pack(Folder(place=place, files=dict(files)))


def unpack_folder(parts: Parts) -> Folder:
    """The reverse. Raises FrameError or ValidationError."""
    return Folder.model_validate(_restored(parts))


def unpack_question(parts: Parts) -> Question | Batch | Audit:
    """What is asked, from its frames. Raises FrameError or ValidationError."""
    told = _restored(parts)
    if isinstance(told, dict) and "questions" in told:
        return Batch.model_validate(told)
    if isinstance(told, dict) and "numbers" in told:
        return Audit.model_validate(told)
    return Question.model_validate(told)


def pack_answer(told: dict[str, Any]) -> bytes:
    """A judge's answer; `told` may hold models and bytes."""
    blobs: list[bytes] = []
    return frames.pack_json(_lift(told, blobs)) + frames.pack("B", b"".join(blobs))


def unpack_answer(parts: Parts) -> Any:
    """The reverse: plain JSON and bytes. Raises FrameError."""
    return _restored(parts)


def jobs_of(told: Any) -> dict[str, Job]:
    """The jobs of a plan. Raises ValidationError."""
    return TypeAdapter(dict[str, Job]).validate_python(told)


def _lift(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, bytes):
        blobs.append(value)
        return {_BYTES: len(value)}
    if isinstance(value, BaseModel):
        return _lift(value.model_dump(mode="python"), blobs)
    if isinstance(value, dict):
        return {key: _lift(one, blobs) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_lift(one, blobs) for one in value]
    return value


def _restored(parts: Parts) -> Any:
    if [kind for kind, _ in parts] != ["J", "B"]:
        raise frames.FrameError("bad_frames")
    blob = _Blob(parts[1][1])
    value = frames.parse_json(parts[0][1], depth=DEPTH)
    if _MARK in parts[0][1]:
        value = _lower(value, blob)
    if blob.at != len(blob.data):
        raise frames.FrameError("trailing_data")
    return value


class _Blob:
    """Bytes that are taken piece by piece."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, size: Any) -> bytes:
        """The next piece. Raises FrameError when there is not so much left."""
        if type(size) is not int or not 0 <= size <= len(self.data) - self.at:
            raise frames.FrameError("bad_size")
        self.at += size
        return self.data[self.at - size : self.at]


def _lower(value: Any, blob: _Blob) -> Any:
    if isinstance(value, list):
        return [_lower(one, blob) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {_BYTES}:
        return blob.take(value[_BYTES])
    return {key: _lower(one, blob) for key, one in value.items()}
