"""Try every attack: `python -m tests.hostile [--write] [--mutants N] [--user] [word…]`.

As root it tries them as an ordinary user too, in a process of its own. It prints the matrix attack
x layer, compares docs/attacks.md with it (or writes it), and mutates a million reports. Ends with
`attacks: tried=N held=N breaches=0`; exits 1 when one was not held or is not real, when the page
differs, or when a parser failed. Words choose attacks by name, and leave out page and mutants.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.hostile import matrix
from tests.hostile.arena import Arena, Tried
from tests.hostile.attack import Attack, every
from tests.hostile.bait import bait
from tests.hostile.proofs import prove

BECOME = Path(__file__).parents[1] / "integration" / "workers" / "sandbox" / "as_user.py"
Told = dict[str, dict[str, str]]


def say(text: str) -> None:
    """At once: a long run is watched."""
    print(text, flush=True)


def _tell(one: Tried) -> None:
    mark = "BREACH" if one.why else "HELD"
    say(f"{mark:7}{one.attack.name:34}{one.ended:14}{one.word:16.16} {one.why}")


def _here(attacks: Sequence[Attack], proofs: bool) -> Told:
    """Everything as the present user: why not held, and why not real, by name."""
    say(f"-- as user {os.getuid()}: {len(attacks)} attacks")
    with bait() as lure, Arena() as arena:
        missing = [one.name for one in attacks if not arena.claimed(one)]
        for name in missing:
            say(f"PASSED {name:34}this level does not claim to hold it: no cgroup")
        held = {one.attack.name: one.why for one in arena.hold(attacks, lure, _tell)}
    claimed = [one for one in attacks if one.name not in missing and proofs]
    with bait() as lure:
        real = prove(claimed, lure, say)
    return {"held": held, "real": real}


def as_user(words: Sequence[str]) -> Told:
    """The same in a process of an ordinary user: what was not held and not real, by name."""
    become = [sys.executable, str(BECOME)] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        # Not in /tmp itself: there, Debian lets nobody write to a file of another user's.
        file = Path(folder, "told")
        file.touch()
        file.chmod(0o666)
        again = [sys.executable, "-B", "-m", "tests.hostile", "--told", str(file), *words]
        subprocess.run([*become, *again], check=False)
        text = file.read_text()
    return json.loads(text) if text else {"held": {"all": "the user's run broke"}, "real": {}}


def _mutants(number: int) -> bool:
    """Whether the parsers stood: two processes share the work, then it is led by the branches."""
    fuzz = [sys.executable, "-B", "-m", "tests.hostile.fuzz"]
    each = [*fuzz, "--number", str(-(-number // 2)), "--seed"]
    running = [subprocess.Popen([*each, seed]) for seed in ("1", "2")]
    codes = [one.wait() for one in running]
    led = [*fuzz[:-1], "tests.hostile.fuzz.guided", f"-runs={number // 5}", "-verbosity=0"]
    with tempfile.TemporaryDirectory() as folder:
        led += [f"-artifact_prefix={folder}/"]
        done = subprocess.run(led, capture_output=True, text=True, check=False)
    codes.append(done.returncode)
    say(
        done.stderr[-3000:] if done.returncode else f"led by branches: {number // 5} more, no fault"
    )
    return not any(codes)


def main() -> int:
    """See above."""
    parser = argparse.ArgumentParser(prog="make attacks")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--write", action="store_true", help="write docs/attacks.md")
    parser.add_argument("--mutants", type=int, default=1_000_000)
    parser.add_argument("--no-proofs", action="store_true", help="held by the jail, and no more")
    parser.add_argument("--told", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    attacks = every(*options.words)
    told = [_here(attacks, not options.no_proofs)]
    if options.told:
        options.told.write_text(json.dumps(told[0]))
        return 0
    if os.getuid() == 0:
        told.append(as_user(options.words))
    return _sum_up(attacks, told, options)


def _sum_up(attacks: Sequence[Attack], told: list[Told], options: argparse.Namespace) -> int:
    breaches = [(name, why) for one in told for name, why in one["held"].items() if why]
    unreal = [(name, why) for one in told for name, why in one["real"].items() if why]
    say(matrix.table(attacks, {name for name, _ in breaches + unreal}))
    wrong = "" if options.words else matrix.compared(attacks, options.write)
    stood = bool(options.words) or _mutants(options.mutants)
    for name, why in breaches + unreal:
        say(f"  {name}: {why}")
    if wrong:
        say(wrong)
    proofs = sum(len(one["real"]) for one in told)
    say(f"real without their layers: {proofs - len(unreal)} of {proofs}")
    tried = sum(len(one["held"]) for one in told)
    say(f"attacks: tried={tried} held={tried - len(breaches)} breaches={len(breaches)}")
    return 1 if breaches or unreal or wrong or not stood else 0


if __name__ == "__main__":
    sys.exit(main())
