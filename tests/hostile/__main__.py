"""Run every attack against the real sandbox: `python -m tests.hostile [--matrix FILE] [name…]`.

As root `--as-user` runs them as an ordinary user instead, in a process of its own.
Ends with `attacks: tried=N held=N breaches=0`; exits 1 when one was not held, or when an attack
that should succeed without its layer does not, and so proves nothing.
"""

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.hostile import matrix
from tests.hostile.arena import Arena, Bait, Weakened, bait, succeeded
from tests.hostile.attack import Attack, every
from workers.sandbox import SandboxConfig


def hold(attacks: list[Attack], lure: Bait) -> dict[str, str]:
    """Why each attack was not held (empty if it was), by name, tried two at a time."""
    arena = Arena()

    def attempt(attack: Attack) -> tuple[str, str]:
        try:
            run, why = arena.attempt(attack, lure)
        except Exception as fault:
            return attack.name, f"our own parts failed: {fault}"
        ended = run.ended.value if run.ended else "ran"
        print(f"{'HELD' if not why else 'BREACH':7}{attack.name:34}{ended:14}{why}", flush=True)
        return attack.name, why

    try:
        with ThreadPoolExecutor(2) as threads:
            return dict(threads.map(attempt, attacks))
    finally:
        arena.close()


def prove(attacks: list[Attack], lure: Bait) -> dict[str, str]:
    """Why an attack did not succeed without its layers, by name; empty if it did."""
    found = {}
    for without in sorted({one.without for one in attacks if one.without}, key=sorted):
        box = Weakened(SandboxConfig(slots=1, preload=()))
        box.without = without
        box.start()
        try:
            for attack in (one for one in attacks if one.without == without):
                run = box.run(attack.job(lure.script()))
                why = "" if succeeded(run) else f"{run.explanation} {run.values.get('why')}"
                found[attack.name] = why
                print(
                    f"{'REAL' if not why else 'UNREAL':7}{attack.name:34}without "
                    f"{', '.join(sorted(without))} {why}",
                    flush=True,
                )
        finally:
            box.close()
    lure.touched()
    return found


def _as_user(words: list[str]) -> int:
    become = Path(__file__).parents[1] / "integration" / "workers" / "sandbox" / "as_user.py"
    again = [sys.executable, "-B", "-m", "tests.hostile", *words]
    return subprocess.run([sys.executable, str(become), *again], check=False).returncode


def main() -> int:
    """The whole suite, or the attacks whose names hold one of the given words."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--matrix", type=Path)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--as-user", action="store_true")
    options = parser.parse_args()
    if options.as_user:
        return _as_user(options.words)
    attacks = [
        one for one in every() if not options.words or any(w in one.name for w in options.words)
    ]
    with bait() as lure:
        held = hold(attacks, lure)
    with bait() as lure:
        proofs = prove(attacks, lure)
    if options.matrix:
        options.matrix.write_text(matrix.text(attacks, held, proofs))
    breaches = {name: why for name, why in held.items() if why}
    unreal = {name: why for name, why in proofs.items() if why}
    for name, why in (breaches | unreal).items():
        print(f"  {name}: {why}")
    print(f"real without their layers: {len(proofs) - len(unreal)} of {len(proofs)}")
    print(f"attacks: tried={len(held)} held={len(held) - len(breaches)} breaches={len(breaches)}")
    return 1 if breaches or unreal else 0


if __name__ == "__main__":
    sys.exit(main())
