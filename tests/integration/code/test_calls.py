"""Results of hidden calls: values, shape, dtype, nesting, and every way to lie about them."""

import pytest

from rubrics.outcome import Outcome
from tests.integration.code.conftest import GradeCode

CHECK = "- {id: c, kind: calls, title: T, call: f, cases: cases%s}"
DOUBLE = """
    def f(x):
        return 2 * x

    def cases(draw):
        yield case(torch.zeros(0, 3)).named("no rows")
        for _ in range(4):
            yield case(draw.uniform(1, 2, 2, 3))
"""
NESTED = """
    def f(x):
        return x.sum(), [int(x.numel()), float(x.max())], {"mean": x.mean(), 2: None}

    def cases(draw):
        yield case(draw.normal(2, 3))
"""


def test_right_in_another_way(grade_code: GradeCode) -> None:
    found = grade_code("def f(x):\n    return x + x\n", CHECK % "", DOUBLE)["c"]
    assert (found.outcome, found.score, found.evidence) == (Outcome.CORRECT, 10, "values")
    assert found.feedback == "All 5 cases are right."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 3 * x", "off"),
        ("return (2 * x).double()", "dtype float64, float32"),
        ("return (2 * x)[:1]", "shape [1, 3], [2, 3]"),
        ("return (2 * x).mean()", "shape [], "),
        ("return (2 * x).tolist()", "is a list, a 2-d tensor"),
        ("return None", "is None"),
        ("return x * float('nan')", "right"),
        ("return x * float('inf')", "right"),
        ("return (2 * x).to_sparse()", "sparse"),
        ("return torch.empty(2, 3, device='meta')", "meta"),
        ("return (2 * x).numpy()", "is a numpy array"),
        ("return torch.zeros(()).expand(10**6, 10**6)", "bytes may be shipped"),
        ("return [x] * 10**6", "could not be read"),
        ("return object()", "type object"),
    ],
)
def test_wrong_results_are_told_apart(grade_code: GradeCode, body: str, said: str) -> None:
    found = grade_code(f"import torch\ndef f(x):\n    {body}\n", CHECK % "", DOUBLE)["c"]
    assert found.outcome in (Outcome.WRONG, Outcome.PARTIAL)
    assert found.score is not None
    assert found.score <= 2, "only the empty case may be right by being empty"
    assert said in found.feedback


FORGERIES = {
    "equal to everything": """
        class Yes:
            def __eq__(self, other): return True
            def __float__(self): return 0.0
            def __array__(self): raise TypeError
        def f(x): return Yes()
    """,
    "a subclass that computes otherwise": """
        import torch
        class Sub(torch.Tensor):
            @classmethod
            def __torch_function__(cls, func, types, args=(), kwargs=None): return True
        def f(x): return torch.zeros(2, 3).as_subclass(Sub)
    """,
    "patched comparisons": """
        import torch, json, math
        torch.allclose = torch.equal = torch.testing.assert_close = lambda *a, **k: True
        math.isfinite = lambda x: True
        def f(x): return torch.zeros_like(x)
    """,
    "a tuple that is not one": """
        class Pair(tuple):
            def __iter__(self): raise RuntimeError("no")
        def f(x): return Pair((1, 2))
    """,
    "a list that holds itself": """
        def f(x):
            loop = []
            loop.append(loop)
            return loop
    """,
    "one number that would broadcast": "def f(x): return 2 * x[:1, :1] if len(x) else x\n",
    "a report of its own": """
        import os
        def f(x):
            for fd in range(3, 64):
                try: os.write(fd, b'{"call":"c/0","values":{"value":true}}')
                except OSError: pass
            return x
    """,
    "the caller's frame": """
        import sys
        def f(x):
            frame, seen = sys._getframe(), []
            while frame:
                seen += [str(one) for one in frame.f_locals.values()]
                frame = frame.f_back
            return x if 'expected' in ' '.join(seen) else None
    """,
}


@pytest.mark.parametrize("source", FORGERIES.values(), ids=FORGERIES.keys())
def test_forgeries_earn_nothing(grade_code: GradeCode, source: str) -> None:
    found = grade_code(source, CHECK % ", credit: all", DOUBLE)["c"]
    assert found.score == 0
    assert found.outcome in (Outcome.WRONG, Outcome.FORBIDDEN)


def test_the_inputs_are_other_ones_for_another_seed(grade_code: GradeCode) -> None:
    source = "def f(x):\n    raise ValueError(float(x.sum()))\n"
    said = [grade_code(source, CHECK % "", DOUBLE, seed=seed)["c"].feedback for seed in (1, 1, 2)]
    assert said[0] == said[1] == said[2]
    reference = DOUBLE.replace('yield case(torch.zeros(0, 3)).named("no rows")', "pass")
    said = [
        grade_code(source, CHECK % "", reference, seed=seed)["c"].feedback for seed in (1, 1, 2)
    ]
    assert said[0] == said[1] != said[2]


def test_nested_results(grade_code: GradeCode) -> None:
    right = """
        def f(x):
            top = x.max().item()
            return x.sum(), [x.numel(), top], {2: None, "mean": x.mean()}
    """
    assert grade_code(right, CHECK % "", NESTED)["c"].outcome == Outcome.CORRECT


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return [x.sum(), [x.numel(), x.max().item()], {}]", "is a list, a tuple"),
        (
            "return x.sum(), [x.numel(), x.max()], {'mean': x.mean(), 2: None}",
            "a 0-d tensor, a float",
        ),
        ("return x.sum(), [6.0, x.max().item()], {'mean': x.mean(), 2: None}", "a float, an int"),
        ("return x.sum(), [x.numel()], {'mean': x.mean(), 2: None}", "1 items, 2"),
        ("return x.sum(), [x.numel(), x.max().item()], {'mean': x.mean()}", "no key `2`"),
        ("return x.sum(), [True, x.max().item()], {'mean': x.mean(), 2: None}", "a bool, an int"),
    ],
)
def test_wrong_nesting_is_named(grade_code: GradeCode, body: str, said: str) -> None:
    found = grade_code(f"def f(x):\n    {body}\n", CHECK % "", NESTED)["c"]
    assert (found.outcome, found.score) == (Outcome.WRONG, 0)
    assert said in found.feedback


def test_without_strict_a_number_may_be_a_tensor_and_a_list_a_tuple(grade_code: GradeCode) -> None:
    body = "return [x.sum().item(), [x.numel(), x.max()], {'mean': x.mean().double(), 2: None}]"
    source = f"def f(x):\n    {body}\n"
    assert grade_code(source, CHECK % ", strict: false", NESTED)["c"].outcome == Outcome.CORRECT


@pytest.mark.parametrize(("credit", "score"), [("case", 2), ("component", 6), ("all", 0)])
def test_partial_credit(grade_code: GradeCode, credit: str, score: float) -> None:
    source = "def f(x):\n    y = 2 * x\n    y[:, :1] = 0\n    y[1:, 1:2] = 0\n    return y\n"
    found = grade_code(source, CHECK % f", credit: {credit}", DOUBLE)["c"]
    assert found.score == pytest.approx(score)


def test_a_missing_function_costs_its_own_check_only(grade_code: GradeCode) -> None:
    checks = f"{CHECK % ''}\n- {{id: d, kind: calls, title: T, call: g, cases: cases}}"
    reference = DOUBLE + "\n    def g(x):\n        return x\n"
    found = grade_code("def g(x):\n    return x\n", checks, reference)
    assert (found["c"].outcome, found["c"].feedback) == (Outcome.WRONG, "Your file defines no `f`.")
    assert found["d"].outcome == Outcome.CORRECT


BROKEN = {
    "raises": ("raise ValueError('my words')", Outcome.CRASHED, "line 4 with ValueError: my words"),
    "loops": ("while True: pass", Outcome.TIMED_OUT, "longer than this call may take"),
    "exits": ("os._exit(0)", Outcome.CRASHED, "ended the Python process itself"),
    "leaves": ("raise SystemExit(0)", Outcome.CRASHED, "SystemExit"),
    "recurses": ("return f(x)", Outcome.CRASHED, "RecursionError"),
    "allocates": (
        "return torch.ones(10**10)",
        Outcome.OUT_OF_MEMORY,
        "in line 4, the limit is 512",
    ),
    "forks": ("os.fork()", Outcome.PROCESS_LIMIT, "may start no other, but tried to in line 4"),
    "opens": (
        "return [os.open('answer.py', 0) for _ in range(999)]",
        Outcome.FILE_LIMIT,
        "64 files open at once in line 4: close those",
    ),
    "segfaults": ("ctypes.string_at(0)", Outcome.CRASHED, "segmentation fault"),
    "hides": (
        "\n        while True:\n            try: time.sleep(9)"
        "\n            except BaseException: pass",
        Outcome.TIMED_OUT,
        "still running",
    ),
}


@pytest.mark.parametrize(("body", "outcome", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_one_broken_function_does_not_cost_the_others(
    grade_code: GradeCode, body: str, outcome: Outcome, said: str
) -> None:
    source = (
        f"import ctypes, os, time\nimport torch\ndef f(x):\n    {body}\ndef g(x):\n    return x\n"
    )
    checks = f"{CHECK % ''}\n- {{id: d, kind: calls, title: T, call: g, cases: cases}}"
    reference = DOUBLE + "\n    def g(x):\n        return x\n"
    answer = "{kind: code, limits: {wall_s: 5, cpu_s: 5, call_s: 1}}"
    found = grade_code(source, checks, reference, answer=answer)
    assert (found["c"].outcome, found["c"].score) == (outcome, 0)
    assert said in found["c"].feedback
    assert found["d"].outcome == Outcome.CORRECT


SEVERAL = """\
    def cases(draw):
        for size in (2, 3, 9, 4, 5):
            yield case(draw.normal(size))
    def f(x):
        return 2 * x
    g = h = f
"""


def test_endless_functions_do_not_cost_those_behind_them(grade_code: GradeCode) -> None:
    """Five cases each: taken one by one they would take all the time that there is."""
    endless = "(x):\n    while True: pass\n"
    source = f"def f{endless}def g{endless}def h(x):\n    return 2 * x\n"
    checks = "\n".join(
        f"- {{id: {name}, kind: calls, title: T, call: {name}, cases: cases, credit: case}}"
        for name in "fgh"
    )
    answer = "{kind: code, limits: {wall_s: 6, cpu_s: 6, call_s: 1.5}}"
    found = grade_code(source, checks, SEVERAL, answer=answer)
    assert [found[name].outcome for name in "fg"] == [Outcome.TIMED_OUT] * 2
    assert (found["h"].outcome, found["h"].score) == (Outcome.CORRECT, pytest.approx(10 / 3))


def test_a_function_too_slow_for_one_case_is_paid_for_the_others(grade_code: GradeCode) -> None:
    source = "def f(x):\n    while len(x) == 9: pass\n    return 2 * x\n"
    checks = CHECK % ", credit: case"
    answer = "{kind: code, limits: {wall_s: 5, cpu_s: 5, call_s: 1}}"
    found = grade_code(source, checks, SEVERAL, answer=answer)["c"]
    assert (found.outcome, found.score) == (Outcome.PARTIAL, 8)


def test_functions_before_a_crash_of_the_file_still_count(grade_code: GradeCode) -> None:
    source = "def f(x):\n    return 2 * x\nprint(undefined_name)\ndef g(x):\n    return x\n"
    checks = f"{CHECK % ''}\n- {{id: d, kind: calls, title: T, call: g, cases: cases}}"
    reference = DOUBLE + "\n    def g(x):\n        return x\n"
    found = grade_code(source, checks, reference)
    assert found["c"].outcome == Outcome.CORRECT
    assert found["d"].outcome == Outcome.WRONG
    assert "defines no `g`" in found["d"].feedback
    assert "line 3" in found["d"].feedback


def test_a_syntax_error_is_malformed_and_says_where(grade_code: GradeCode) -> None:
    found = grade_code("x = 1\ndef f(x)\n    return x\n", CHECK % "", DOUBLE)["c"]
    assert (found.outcome, found.score) == (Outcome.MALFORMED, 0)
    assert "line 2" in found.feedback


def test_an_authors_fault_is_nobodys_zero(grade_code: GradeCode) -> None:
    reference = DOUBLE.replace("draw.uniform(1, 2, 2, 3)", "1 / 0")
    found = grade_code("def f(x):\n    return 2 * x\n", CHECK % "", reference)["c"]
    assert (found.outcome, found.score) == (Outcome.RUBRIC_ERROR, None)


def test_a_main_block_is_not_run(grade_code: GradeCode) -> None:
    source = "def f(x):\n    return 2 * x\nif __name__ == '__main__':\n    1 / 0\n"
    assert grade_code(source, CHECK % "", DOUBLE)["c"].outcome == Outcome.CORRECT


@pytest.mark.parametrize(
    ("body", "right"),
    [("2 * z", True), ("2 * z.conjugate()", False), ("(2 * z).real", False), ("None", False)],
)
def test_complex_numbers_of_python_come_back(grade_code: GradeCode, body: str, right: bool) -> None:
    reference = """
        def f(a, b):
            z = complex(a, b)
            return {"z": [2 * z], "none": None}

        def cases(draw):
            yield case(draw.number(1, 2), draw.number(1, 2))
    """
    source = f"def f(a, b):\n    z = complex(a, b)\n    return {{'z': [{body}], 'none': None}}\n"
    check = "- {id: c, kind: calls, title: T, call: f, cases: cases}"
    found = grade_code(source, check, reference)["c"]
    assert (found.outcome is Outcome.CORRECT) == right
