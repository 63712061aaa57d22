"""What a jailed judge does: take one assignment's folder, then judge submissions until told to end.

The author's reference runs here, and never a student's code.
"""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from rubrics import audit
from rubrics.judge import Judge
from workers import frames
from workers.judge import wire

JOB_FD, RESULT_FD = 3, 4
CAP = 1 << 62  # the worker is trusted, and serves one judge for a long time


def _messages() -> Iterator[wire.Parts]:
    """Each message's two frames."""
    reader, parts = frames.Reader(CAP), list[tuple[str, bytes]]()
    while data := os.read(JOB_FD, 1 << 20):
        reader.feed(data)
        for frame in reader.frames():
            parts.append(frame)
            if len(parts) == 2:
                yield parts
                parts = []


def _say(told: dict[str, object]) -> None:
    view = memoryview(wire.pack_answer(told))
    while view:
        view = view[os.write(RESULT_FD, view) :]


def _place(parts: wire.Parts) -> Path:
    told = wire.unpack_folder(parts)
    folder = Path.cwd() / told.place
    for path, data in told.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def _answer(judge: Judge, asked: wire.Question | wire.Batch | wire.Audit) -> dict[str, object]:
    if isinstance(asked, wire.Audit):
        return {"found": [_tried(judge, number, asked) for number in asked.numbers]}
    if isinstance(asked, wire.Batch):
        return {"answers": [_answer_or_fault(judge, one) for one in asked.questions]}
    if asked.do == "plan":
        return {"jobs": judge.plan(asked.answers, asked.seed)}
    return {"questions": judge.judge(asked.answers, asked.runs, asked.seed)}


def _tried(judge: Judge, number: int, asked: wire.Audit) -> dict[str, object]:
    posed = judge.pose(number)
    if asked.room:
        truths = {one.place: one for one in asked.truths}
        setting = audit.Setting(asked.threads, asked.samples, truths, asked.first)
        return {"measured": audit.measure(posed, asked.room, setting)}
    return {"variant": audit.inspect(posed)}


def _answer_or_fault(judge: Judge, asked: wire.Question) -> dict[str, object]:
    try:
        return _answer(judge, asked)
    except Exception as fault:
        return {"fault": f"{type(fault).__name__}: {fault}"[:2000]}


def serve() -> None:
    """Judge until the job pipe closes; never returns."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    messages = _messages()
    try:
        judge = Judge(_place(next(messages)))
        judge.warm()
    except Exception as fault:
        _say({"fault": f"{type(fault).__name__}: {fault}"[:2000]})
        os._exit(0)
    gc.collect()
    gc.freeze()  # tables and modules stay: no collection need look at them again
    _say({"versions": judge.versions()})
    for parts in messages:
        try:
            _say(_answer(judge, wire.unpack_question(parts)))
        except Exception as fault:
            _say({"fault": f"{type(fault).__name__}: {fault}"[:2000]})
    os._exit(0)
