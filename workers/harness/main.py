"""What a jailed child does: read one job, run it, ship what it left, end."""

import gc
import os
import random
import sys
from typing import Any

from workers import frames
from workers.harness import collect, memory, script
from workers.harness.calls import Caller

JOB_FD, RESULT_FD = 3, 4
JOB_CAP = 8 << 30  # the worker has checked the sizes


def _read_job() -> tuple[dict[str, Any], bytes]:
    reader = frames.Reader(JOB_CAP)
    parts: list[bytes] = []
    while len(parts) < 2:
        data = os.read(JOB_FD, 1 << 20)
        if not data:
            os._exit(0)
        reader.feed(data)
        parts += [payload for _, payload in reader.frames()]
    os.close(JOB_FD)
    return frames.parse_json(parts[0], depth=64), parts[1]


def _unpack(job: dict[str, Any], blob: bytes) -> dict[str, tuple[dict[str, Any], bytes]]:
    """Put the student's files into the box; the inputs of calls by name."""
    start, inputs = 0, {}
    for name, size in job["files"]:
        with open(name, "wb") as file:  # noqa: PTH123
            file.write(blob[start : start + size])
        start += size
    for name, record, size in job["inputs"]:
        inputs[name] = (record, blob[start : start + size])
        start += size
    return inputs


def _seed(torch: Any, numpy: Any) -> None:
    """The same draws for every run: children share the parent's generators otherwise."""
    random.seed(0)
    if torch is not None:
        torch.default_generator.manual_seed(0)  # torch.manual_seed looks for devices: 5 ms
    if numpy is not None:
        numpy.random.seed(0)


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(RESULT_FD, view) :]


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # the student may have closed or replaced it  # noqa: S112
            continue


def _streams() -> None:
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(  # noqa: SIM115
        2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1
    )
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]


def _report(error: dict[str, Any] | None, records: Any, blobs: Any) -> None:
    _flush()
    _write(frames.pack_json({"error": error, "values": records}) + frames.pack_tensors(blobs))
    os.sched_yield()  # brings the kernel's count of our processor time up to date for the worker
    os.close(RESULT_FD)
    os._exit(0)


def serve() -> None:
    """Run the one job that arrives on the job pipe; never returns.

    `started` is sent when all files have been read and none of it has run: what comes without it
    cannot be the student's doing.
    """
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    _streams()
    job, blob = _read_job()
    if job.pop("gives_back"):  # no name says so from then on; how large blocks are mapped does
        memory.give_back()
    inputs = _unpack(job, blob)
    _seed(torch, numpy)
    gc.enable()
    names = script.named(job)
    try:
        code = script.read_all([name for name, _ in job["files"]])[job["entry"]]
    except BaseException as error:
        _report(script.describe(error, names), {}, {})
        return
    _write(frames.pack_json({"started": True}))
    name = job["entry"].removesuffix(".py") if job["as_module"] else "__main__"
    module, error_record = script.run(code, names, name)
    numpy = numpy or sys.modules.get("numpy")
    if job["calls"]:
        _write(frames.pack_json({"ready": True}))
    for record, tensors in Caller(module, job, names, inputs).results(torch, numpy):
        _flush()
        _write(frames.pack_json(record) + frames.pack_tensors(tensors))
    if error_record is not None:
        _report(error_record, {}, {})
    _report(None, *collect.gather(module, job["collect"], job["values"], torch, numpy))
