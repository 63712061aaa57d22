"""A run as bytes and back, lossless: the judge's frames, one of JSON and one of raw bytes.

Nothing executable is ever in it, and it is read as strictly as what comes from a pipe.
"""

from pydantic import ValidationError

from rubrics.job import Run
from workers import frames
from workers.judge import wire

CAP = 1 << 30


class KeptBroken(ValueError):
    """Kept bytes that are not a run, or one of another time: run the job again."""


def pack(run: Run) -> bytes:
    """The bytes of a run; equal runs give equal bytes."""
    return wire.pack(run)


def unpack(data: bytes) -> Run:
    """The very run that was packed. Raises KeptBroken."""
    reader = frames.Reader(CAP)
    try:
        reader.feed(data)
        parts: wire.Parts = list(reader.frames())
        if reader.pending:
            raise KeptBroken("bytes are left over")
        return Run.model_validate(wire.unpack_answer(parts))
    except (frames.FrameError, ValidationError) as fault:
        raise KeptBroken(str(fault)) from fault
