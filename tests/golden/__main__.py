"""`make judge`: every verdict of the library, and every diagnosis of the table, counted.

The last line is `judge: kinds=… assignments=… samples=… wrong_verdicts=… diagnosed=…/… false=…`;
the exit code is 1 if a verdict is wrong or the diagnosis is below its bounds. The lines before it
say how long explaining a wrong gradient takes, typed or of code.
"""

import statistics
import sys
import time

from tests.golden import library
from tests.golden.code.measure import CodeScore
from tests.golden.code.measure import measure as measure_code
from tests.golden.diagnosis.measure import Score, measure
from workers.engine import Engine


def verdicts(engine: Engine) -> list[library.Verdicts]:
    """Of every assignment, told as they come."""
    found = []
    for assignment in library.assignments():
        started = time.monotonic()
        one = library.judged(assignment, engine, lambda: None)
        found.append(one)
        spent = time.monotonic() - started
        print(f"{one.key:32} {one.samples:3} samples  {spent:5.1f} s", flush=True)
        for line in one.wrong:
            print(f"    {line}", flush=True)
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


def tell_code(score: CodeScore) -> None:
    """The same of code, and where the time goes that judging it takes."""
    spent = sorted(score.explained_ms)
    median, most = statistics.median(spent), spent[len(spent) * 9 // 10]
    expected, compared = map(statistics.median, (score.expected_ms, score.compared_ms))
    print(
        f"diagnosis of code: the true cause first in {score.named} of {score.known}; a look-up"
        f" takes {median:.2f} ms at the median, {most:.2f} ms in 9 of 10 cases (besides: expected"
        f" values {expected:.1f} ms, comparison {compared:.1f} ms; the tables of an assignment,"
        f" made once, {max(score.tables_ms):.0f} ms at most)"
    )
    for title, lines in (("not named", score.missed), ("named wrongly", score.false)):
        for line in lines:
            print(f"    {title}: {line}")


def main() -> None:
    """Print it all."""
    engine = Engine.start(slots=2)
    try:
        found = verdicts(engine)
        code = measure_code(engine)
    finally:
        engine.close()
    score = measure()
    tell(score)
    tell_code(code)
    wrong = sum(len(one.wrong) for one in found)
    kinds = set().union(*(one.kinds for one in found))
    print(
        f"judge: kinds={len(kinds)} assignments={len(found)}"
        f" samples={sum(one.samples for one in found)} wrong_verdicts={wrong}"
        f" diagnosed={score.named}/{score.family} false={len(score.false)}/{score.unexplained}"
    )
    sys.exit(1 if wrong or not score.good or not code.good else 0)


if __name__ == "__main__":
    main()
