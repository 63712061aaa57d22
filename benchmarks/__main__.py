"""`make bench`: the sandbox and the grade, beside a cold start and a bare fork."""

from benchmarks import sandbox

if __name__ == "__main__":
    sandbox.main()
