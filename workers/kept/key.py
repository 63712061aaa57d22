"""Under which key a run is kept: a digest of all that decides what a job produces."""

import hashlib
import json
import platform
from functools import cache
from typing import Any

from rubrics.job import Job
from workers.sandbox import packages

GENERATION = 2
"""Raise it when the harness changes what a run yields: no run kept before is then taken."""


def run_key(job: Job) -> str:
    """SHA-256 (hex) of the whole job, as it stands, and of what runs it.

    A field that `Job` gains is in it at once: then what was kept before is not found, and run
    again, which costs time and never a wrong grade.
    """
    whole = [runtime(), _plain(job.model_dump(mode="python"))]
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def runtime() -> str:
    """SHA-256 (hex) over Python, the machine's kind, and every package a student can import.

    Our own version is not in it: a new one of ours regrades without running anything.
    """
    parts = {
        "generation": GENERATION,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {
            name: one.version for name, one in packages.closure(packages.FOR_STUDENTS).items()
        },
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The same value as JSON has it; bytes stand as their digest and length."""
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "bytes": len(value)}
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
