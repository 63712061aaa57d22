"""Mutants led by which branches they reach: `python -m tests.hostile.fuzz.guided -runs=100000`.

By atheris (libFuzzer), where it has a wheel for this Python and processor; what it makes of a
mutant is mixed with fresh ones of ours, which keep their structure. Arguments are libFuzzer's. It
ends with a traceback at the first fault.
"""

import importlib.util
import random
import sys

if importlib.util.find_spec("atheris") is None:
    print("atheris has no wheel for this Python: the mutants of tests.hostile.fuzz alone are tried")
    sys.exit(0)

import atheris

with atheris.instrument_imports(include=["workers.frames", "workers.sandbox", "workers.judge"]):
    from tests.hostile.fuzz.__main__ import TARGETS, TURNS, try_one


class Fault(Exception):
    """A parser crashed, or took what is ill-formed."""


def mutant(data: bytes, most: int, seed: int) -> bytes:
    """Every third time one of ours, else what libFuzzer makes of an older one."""
    rng = random.Random(seed)
    if data and rng.random() < 2 / 3:
        return bytes(atheris.Mutate(data, most))
    turn = rng.randrange(len(TURNS))
    return (bytes([turn]) + TARGETS[TURNS[turn]].mutant(rng))[:most]


def one(data: bytes) -> None:
    """Read one, of the kind that its first byte says. Raises Fault."""
    if not data:
        return
    reason, fault = try_one(TURNS[data[0] % len(TURNS)], data[1:], 1 << 16)
    if fault:
        raise Fault(f"{reason}: {fault}")


def main() -> None:
    """Never returns: libFuzzer ends the process."""
    atheris.Setup([sys.argv[0], "-max_len=4096", *sys.argv[1:]], one, custom_mutator=mutant)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
