"""Every wrong gradient of code whose slip is known gets its name, and no other."""

from tests.golden.code.answers import wrong_code
from tests.golden.code.measure import measure
from workers.engine import Engine


def test_every_slip_gets_its_name(engine: Engine) -> None:
    score = measure(engine, submissions=1)
    assert score.submissions == len(list(wrong_code())) >= 16
    assert (score.missed, score.false) == ([], [])
    assert score.named == score.known >= 15
