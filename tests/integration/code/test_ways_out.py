"""However code ends in a hidden check, and whatever it uses there, the student reads the same."""

from collections.abc import Callable

import pytest

from rubrics.grade import CheckGrade
from rubrics.outcome import Outcome
from tests.integration.code.conftest import ENDLESS

REFERENCE = """
    def f(x):
        return x.sum()
    def cases(draw):
        yield case(draw.normal(4))
"""
HIDDEN = "- {id: c, kind: calls, title: Secret, call: f, cases: cases, hidden: true}"
BITS = {
    "raises": "raise ValueError(str(x.tolist()))",
    "leaves": "os._exit(int(x.abs().sum() * 9) % 200)",
    "faults": "ctypes.string_at(0)",
    "sleeps": "time.sleep(60)",
    "prints": "print(x.tolist()); raise KeyError",
    "calls the kernel": "ctypes.CDLL(None).ptrace(0, 0, 0, 0)",
    "takes memory": "kept = b'x' * 10**9",
    "floods": "os.write(1, b'x' * 10**6); raise ValueError",
}


@pytest.mark.parametrize("way", BITS)
def test_a_hidden_input_cannot_be_told_by_how_the_code_ends(
    grade_code: Callable[..., dict[str, CheckGrade]], way: str
) -> None:
    source = f"import ctypes\nimport os\nimport time\n\n\ndef f(x):\n    {BITS[way]}\n"
    found = grade_code(source, HIDDEN, REFERENCE, answer=ENDLESS)["c"]
    assert (found.title, found.score, found.diagnoses) == ("Hidden check 1", 0, ())
    assert (found.feedback, found.outcome) == ("It did not pass.", Outcome.WRONG)


def test_nor_by_how_wrong_its_answer_is(
    grade_code: Callable[..., dict[str, CheckGrade]],
) -> None:
    told = {
        grade_code(f"def f(x):\n    return {value}\n", HIDDEN, REFERENCE)["c"].feedback
        for value in ("x.sum() + 1", "x", "x.sum() * float('nan')", "None", "str(x.tolist())")
    }
    assert told == {"It did not pass."}
