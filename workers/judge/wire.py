"""What a worker and a judge say to each other, as frames: strict JSON, raw files, tensor bytes.

Used on both sides; imports no torch.
"""

import json
from collections.abc import Mapping
from typing import Any

from rubrics.answers import ParsedAnswer
from rubrics.job import Run, TensorValue
from workers import frames

Parts = list[tuple[str, bytes]]


def pack_folder(name: str, files: Mapping[str, bytes]) -> bytes:
    """An assignment's folder: its place (`course/name`) and its files by relative path."""
    told = {"place": name, "files": [[path, len(data)] for path, data in files.items()]}
    return frames.pack_json(told) + frames.pack("B", b"".join(files.values()))


def unpack_folder(parts: Parts) -> tuple[str, dict[str, bytes]]:
    """The reverse of `pack_folder`. Raises FrameError."""
    told = frames.parse_json(parts[0][1])
    return told["place"], _cut(told["files"], parts[1][1])


def _cut(sizes: list[list[Any]], blob: bytes) -> dict[str, bytes]:
    found, start = {}, 0
    for name, size in sizes:
        found[name] = blob[start : start + size]
        start += size
    return found


def pack_question(answers: Mapping[str, ParsedAnswer], runs: Mapping[str, Run], seed: int) -> bytes:
    """One submission to be judged: parsed answers and runs by question id."""
    blob: list[bytes] = []
    told_answers, told_runs = {}, {}
    for name, answer in answers.items():
        sizes = [[path, len(data)] for path, data in answer.files.items()]
        told_answers[name] = {**answer.model_dump(mode="json", exclude={"files"}), "files": sizes}
        blob += answer.files.values()
    tensors: dict[str, tuple[str, tuple[int, ...], bytes]] = {}
    for name, run in runs.items():
        plain = {k: v for k, v in run.values.items() if not isinstance(v, TensorValue)}
        told_runs[name] = json.loads(run.model_copy(update={"values": plain}).model_dump_json())
        told_runs[name]["order"] = list(run.values)
        for key, value in run.values.items():
            if isinstance(value, TensorValue):
                tensors[f"{name}/{key}"] = (value.dtype, value.shape, value.data)
    told = {"answers": told_answers, "runs": told_runs, "seed": seed}
    return frames.pack_json(told) + frames.pack("B", b"".join(blob)) + frames.pack_tensors(tensors)


def unpack_question(parts: Parts) -> tuple[dict[str, ParsedAnswer], dict[str, Run], int]:
    """The reverse of `pack_question`. Raises FrameError or ValidationError."""
    told = frames.parse_json(parts[0][1], depth=64)
    blob, answers = memoryview(parts[1][1]), {}
    for name, record in told["answers"].items():
        files = {}
        for path, size in record.pop("files"):
            files[path], blob = bytes(blob[:size]), blob[size:]
        answers[name] = ParsedAnswer(**record, files=files)
    tensors = frames.parse_tensors(parts[2][1])
    return answers, _runs(told["runs"], tensors), told["seed"]


def _runs(
    told: dict[str, Any], tensors: dict[str, tuple[str, tuple[int, ...], bytes]]
) -> dict[str, Run]:
    runs = {}
    for name, record in told.items():
        order = record.pop("order")
        run = Run.model_validate_json(json.dumps(record))
        values = dict(run.values)
        for key in order:
            found = tensors.get(f"{name}/{key}")
            if found is not None:
                values[key] = TensorValue(dtype=found[0], shape=found[1], data=found[2])
        runs[name] = run.model_copy(update={"values": {key: values[key] for key in order}})
    return runs
