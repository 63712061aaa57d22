"""Every kind of answer through the real sandbox and judge: the library's samples, and speed."""

import pytest

from rubrics.answers import ParsedAnswer, RawAnswer, job_for, parse_answer
from rubrics.job import PlainValue
from rubrics.loader import LIBRARY, load
from rubrics.samples import Sample, differences, load_samples, read_sample
from workers.engine import Engine
from workers.pipeline import grade

STABILITY = load(LIBRARY / "numerics" / "stability")
SLOPE = STABILITY.question("slope")


@pytest.mark.parametrize("sample", load_samples(STABILITY), ids=lambda one: one.name)
def test_a_sample_gets_its_grade(engine: Engine, sample: Sample) -> None:
    read = read_sample(STABILITY, sample)
    graded = grade(STABILITY, STABILITY.folder, read.parsed, 7, engine)
    assert not differences(sample, [read.refused.get(one.id, one) for one in graded.questions])


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1000 + "a" + ")" * 999,
        "a" + "^a" * 900,
        "|" * 2000,
        "-" * 1999 + "a",
        "e^" * 999 + "a",
        "a" * 2000,
        "\\frac" * 400,
        "_" * 2000,
        "a_" * 1000,
        "\u0302" * 2000,
        "9" * 2000,
        "9^" * 999 + "9",
    ],
)
def test_hostile_text_is_read_or_refused_at_once(engine: Engine, text: str) -> None:
    """Intake refuses most of them; one that a mended parser takes anew must harm nothing here."""
    job = job_for(SLOPE, ParsedAnswer(kind="expression", text=text))
    assert job is not None
    run = engine.sandbox.run(job)
    assert run.ended is None, run.explanation
    assert isinstance(run.values["fault"], PlainValue)
    assert 0 < run.use.cpu_ms < 3000


def test_a_formula_costs_milliseconds(engine: Engine) -> None:
    job = job_for(SLOPE, parse_answer(SLOPE, RawAnswer(kind="expression", text="e^a/(e^a+e^b)")))
    assert job is not None
    runs = [engine.sandbox.run(job) for _ in range(10)]
    assert [run.ended for run in runs] == [None] * 10
    assert min(run.use.cpu_ms for run in runs) < 250
