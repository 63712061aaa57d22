"""Mutate by their structure what comes over pipes, and parse it: `python -m tests.hostile.fuzz`.

Nothing may crash, hang, or be accepted unless it is well-formed by a check written apart from the
parser. Ends with the rejections counted per reason and `fuzz: tried=N accepted=N faults=0`.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.hostile.fuzz import calls, messages, reports
from workers import frames
from workers.sandbox.report import BadReport

TARGETS: dict[str, Any] = {"report": reports, "calls": calls, "judge": messages}
TURNS = ("report", "report", "report", "calls", "calls", "judge")
SLOW_S = 1.0
Tell = Callable[[str], None]


def try_one(name: str, data: bytes, chunk: int) -> tuple[str, str]:
    """What one mutant came to: the reason it was refused, and what is wrong, or nothing."""
    target = TARGETS[name]
    started = time.thread_time()
    try:
        told = target.read(data, chunk)
        reason = "accepted"
        fault = "" if target.sound(told) else "ill-formed, and accepted"
    except (frames.FrameError, BadReport) as refused:
        reason, fault = getattr(refused, "reason", str(refused)), ""
    except ValueError as refused:
        reason = messages.refusal(refused)
        fault = "" if target is messages else repr(refused)
    except Exception as broke:
        reason, fault = type(broke).__name__, repr(broke)
    took = time.thread_time() - started
    return reason, fault or (f"took {took:.1f} s of the processor" if took > SLOW_S else "")


def run(number: int, seed: int, tell: Tell, every: int = 100_000) -> tuple[Counter[str], int]:
    """Try this many; how often each reason was given, and how many faults there were."""
    rng, reasons, faults = random.Random(seed), Counter[str](), 0
    for turn in range(1, number + 1):
        name = TURNS[turn % len(TURNS)]
        data = TARGETS[name].mutant(rng)
        reason, fault = try_one(name, data, rng.choice((1 << 16, 1 << 16, 7, 64)))
        reasons[f"{name}: {reason}"] += 1
        if fault:
            faults += 1
            tell(f"fault at {turn} of seed {seed}: {name} {fault} {data[:200]!r}")
        if turn % every == 0:
            tell(f"seed {seed}: {turn} of {number}, {faults} faults")
    return reasons, faults


def main() -> int:
    """Fuzz, and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    reasons, faults = run(options.number, options.seed, lambda text: print(text, flush=True))
    for reason, count in reasons.most_common():
        print(f"{count:9} {reason}")
    accepted = sum(count for reason, count in reasons.items() if reason.endswith(": accepted"))
    print(f"fuzz: tried={options.number} accepted={accepted} faults={faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
