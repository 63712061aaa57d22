"""`make bench`: the sandbox and the grade beside a cold start and a bare fork, then regrades.

The last line has every ratio: `bench: latency_vs_cold=… cpu_vs_cold=… latency_vs_fork=…
cpu_vs_fork=… grade_over_sandbox_ms=… regrade_speedup=… …`. It takes about ten minutes on two cores.
"""

import argparse

from benchmarks import regrade, sandbox


def main() -> None:
    """Measure both, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="of cold start, fork and sandbox")
    parser.add_argument("--number", type=int, default=1000, help="submissions back to back")
    parser.add_argument("--answers", type=int, default=10_000, help="stored answers to regrade")
    options = parser.parse_args()
    ratios = sandbox.measure(options.rounds, options.number)
    again = regrade.measure(options.answers, lots=5)
    print(f"bench: {ratios} {again}")


if __name__ == "__main__":
    main()
