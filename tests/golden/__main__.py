"""`make judge`: every verdict of the library, and every diagnosis of the table, counted.

The last line is `judge: kinds=… assignments=… samples=… wrong_verdicts=… diagnosed=…/… false=…`;
the exit code is 1 if a verdict is wrong or the diagnosis is below its bounds.
"""

import statistics
import sys
import time

from tests.golden import library
from tests.golden.diagnosis.measure import Score, measure
from workers.engine import Engine


def verdicts() -> list[library.Verdicts]:
    """Of every assignment, told as they come."""
    found = []
    engine = Engine.start(slots=2)
    try:
        for assignment in library.assignments():
            started = time.monotonic()
            one = library.judged(assignment, engine, lambda: None)
            found.append(one)
            spent = time.monotonic() - started
            print(f"{one.key:32} {one.samples:3} samples  {spent:5.1f} s", flush=True)
            for line in one.wrong:
                print(f"    {line}", flush=True)
    finally:
        engine.close()
    return found


def tell(score: Score) -> None:
    """What was named, and what was not."""
    spent = sorted(score.spent_ms)
    print(
        f"diagnosis: the true cause first in {score.first} of {score.family}; a look-up takes"
        f" {statistics.median(spent):.2f} ms at the median, {spent[len(spent) * 99 // 100]:.2f} ms"
        " in 99 of 100 cases"
    )
    for title, lines in (
        ("not named", score.missed),
        ("not first", score.not_first),
        ("outside the family and named wrongly", score.dishonest),
        ("right and yet explained", score.right_named),
        ("explained though nothing explains them", score.false),
    ):
        for line in lines:
            print(f"    {title}: {line}")


def main() -> None:
    """Print it all."""
    found = verdicts()
    score = measure()
    tell(score)
    wrong = sum(len(one.wrong) for one in found)
    kinds = set().union(*(one.kinds for one in found))
    print(
        f"judge: kinds={len(kinds)} assignments={len(found)}"
        f" samples={sum(one.samples for one in found)} wrong_verdicts={wrong}"
        f" diagnosed={score.named}/{score.family} false={len(score.false)}/{score.unexplained}"
    )
    sys.exit(1 if wrong or not score.good else 0)


if __name__ == "__main__":
    main()
