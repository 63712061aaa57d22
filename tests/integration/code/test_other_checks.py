"""Source, printed text, errors, speed, memory; hidden checks and prerequisites."""

import pytest

from rubrics.loader import AssignmentError
from rubrics.outcome import Outcome
from tests.integration.code.conftest import ENDLESS, GradeCode

REFERENCE = """
    def f(x):
        return x.sum()

    def cases(draw):
        for _ in range(3):
            yield case(draw.normal(4))
"""
SUM = "import torch\ndef f(x):\n    return x.sum()\n"
CALLS = "- {id: v, kind: calls, title: V, call: f, cases: cases}\n"


@pytest.mark.parametrize(
    ("rule", "body", "right"),
    [
        ("forbid: [numel]", "return x.sum()  # numel", True),
        ("forbid: [numel]", "'numel'; return x.sum()", True),
        ("forbid: [numel]", "x.numel(); return x.sum()", False),
        ("forbid: [numel]", "getattr(x, 'numel')(); return x.sum()", False),
        ("forbid: [torch.sort]", "torch.sort(x); return x.sum()", False),
        ("forbid: [torch.sort]", "from torch import sort as s; s(x); return x.sum()", False),
        ("forbid: [torch.sort]", "import torch as t; t.sort(x); return x.sum()", False),
        ("forbid: [torch.sort]", "x.sort(); return x.sum()", True),
        ("require: [sum]", "return x.sum()", True),
        ("require: [einsum]", "return x.sum()", False),
        ("forbid_constructs: [loop]", "return sum(v for v in x)", False),
        ("forbid_constructs: [loop]", "while False: pass", False),
        ("forbid_constructs: [loop]", "return x.sum()", True),
        ("forbid_constructs: [recursion]", "return f(x[1:]) + x[0] if len(x) else 0", False),
        ("at_most: {slice_assignment: 1}", "x[:1] = x[:1]; return x.sum()", True),
        ("at_most: {slice_assignment: 1}", "x[0], x[1] = x[0], x[1]; return x.sum()", False),
        ("at_most: {slice_assignment: 0}", "x[:1] += 0; return x.sum()", False),
        ("require_constructs: [lambda]", "return x.sum()", False),
        ("forbid: [numel], within: f", "return x.sum()\ndef g(x):\n    x.numel()", True),
        ("forbid: [numel], within: g", "return x.sum()", False),
        ("forbid_constructs: [eval]", "exec('x.numel()'); return x.sum()", False),
    ],
)
def test_source(grade_code: GradeCode, rule: str, body: str, right: bool) -> None:
    check = f"- {{id: c, kind: source, title: T, {rule}}}"
    found = grade_code(f"import torch\ndef f(x):\n    {body}\n", check, REFERENCE)["c"]
    assert found.outcome == (Outcome.CORRECT if right else Outcome.WRONG), found.feedback
    assert found.evidence == "values"


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 5000 + ")" * 5000,
        "x = " + "-" * 50_000 + "1",
        "x = " + "+".join(["1"] * 50_000),
        "x" + ".a" * 50_000,
        "if 1:\n" + "".join(" " * depth + "if 1:\n" for depth in range(1, 99)) + " " * 99 + "x\n",
        "f'" + "{" * 200 + "}" * 200 + "'",
    ],
    ids=["brackets", "minus", "sum", "attributes", "blocks", "format"],
)
def test_a_source_made_to_hurt_a_parser_hurts_nobody(grade_code: GradeCode, source: str) -> None:
    check = "- {id: c, kind: source, title: T, forbid: [numel]}"
    found = grade_code(source + "\n", check, REFERENCE)["c"]
    assert found.outcome in (Outcome.WRONG, Outcome.MALFORMED, Outcome.CORRECT, Outcome.CRASHED)


PRINTING = """
    def f(n):
        for i in range(n):
            print(i, i * i)

    def cases(draw):
        yield case(0)
        yield case(draw.integer(3, 6))
"""


@pytest.mark.parametrize(
    ("body", "score"),
    [
        ("[print(f'{i} {i * i} ') for i in range(n)]", 10),
        ("print('\\n'.join(f'{i} {i * i}' for i in range(n)))", 10),
        ("[print(i, i * i + (i == 2)) for i in range(n)]", 5),
        ("pass", 5),
        ("print('x' * 10**6)", 0),
    ],
)
def test_prints(grade_code: GradeCode, body: str, score: float) -> None:
    check = "- {id: c, kind: prints, title: T, call: f, cases: cases}"
    found = grade_code(f"def f(n):\n    {body}\n", check, PRINTING)["c"]
    assert (found.score, found.evidence) == (score, "observed")


@pytest.mark.parametrize("more", ["x", " ", "\\n", "\\u200b"])
def test_what_is_cut_is_never_right(grade_code: GradeCode, more: str) -> None:
    check = "- {id: c, kind: prints, title: T, call: f, cases: cases}"
    right = "def f(n):\n    print('\\n'.join(f'{i} {i * i}' for i in range(n)))\n"
    assert grade_code(right + "    print(' ' * 7000)\n", check, PRINTING)["c"].score == 10
    found = grade_code(right + f"    print('{more}' * 9000, 'and this')\n", check, PRINTING)["c"]
    assert (found.score, "more than is kept" in found.feedback) == (0, True)


def test_a_reference_that_prints_more_than_is_compared_is_the_authors_fault(
    grade_code: GradeCode,
) -> None:
    check = "- {id: c, kind: prints, title: T, call: f, cases: cases}"
    reference = PRINTING.replace("print(i, i * i)", "print('x' * 4000)")
    padded = "def f(n):\n    print('x' * 4000)\n    print('x' + ' ' * 9000)\n"
    for source in (padded, "def f(n):\n    [print('x' * 4000) for _ in range(n)]\n"):
        found = grade_code(source, check, reference)["c"]
        assert (found.outcome, found.score) == (Outcome.RUBRIC_ERROR, None)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("raise ValueError('no')", Outcome.CORRECT),
        ("class Mine(ValueError): pass\n    raise Mine", Outcome.CORRECT),
        ("raise TypeError('no')", Outcome.WRONG),
        ("return None", Outcome.WRONG),
        ("class ValueErrors(Exception): pass\n    raise ValueErrors", Outcome.WRONG),
    ],
)
def test_raises(grade_code: GradeCode, body: str, outcome: Outcome) -> None:
    first = "- {id: s, kind: source, title: S, forbid: [numel]}\n"
    check = "{id: c, kind: raises, title: T, call: f, cases: cases, error: ValueError, needs: [s]}"
    found = grade_code(f"def f(x):\n    {body}\n", f"{first}- {check}", REFERENCE)["c"]
    assert (found.outcome, found.evidence) == (outcome, "observed")


SLOW = (
    "def f(x):\n    total = 0 * x[0]\n    for one in x:\n        total += one\n    return total\n"
)
BIG = """
    def f(x):
        return x.sum()

    def cases(draw):
        yield case(draw.integers(0, 9, 60_000))
"""
FORKED = (
    SLOW.replace("def f", "def slow")
    + """
import os
import torch
def f(x):
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.write(writer, str(int(slow(x))).encode())
        os._exit(0)
    os.wait()
    return torch.tensor(int(os.read(reader, 99)))
"""
)
FASTER = "- {id: c, kind: faster_than, title: T, call: f, cases: cases, against: slow.py, times: 4}"


@pytest.mark.parametrize(
    ("source", "said", "score"),
    [
        (SUM, "at least 4 times", 10),
        (SLOW, "less than 4 times", 0),
        ("def f(x):\n    return x[0]\n", "not right", 0),
        ("import time\ntime.perf_counter = lambda: 0.0\n" + SLOW, "less than 4 times", 0),
        (FORKED, "may start no other", 0),
    ],
    ids=["fast", "loop", "wrong", "patched clock", "in a process of its own"],
)
def test_faster_than(grade_code: GradeCode, source: str, said: str, score: float) -> None:
    answer = "{kind: code, limits: {wall_s: 30, cpu_s: 30, call_s: 20}}"
    found = grade_code(source, FASTER, BIG, others={"slow.py": SLOW}, answer=answer)["c"]
    assert (found.score, found.evidence) == (score, "values")
    assert said in found.feedback


def test_speed_counts_within_the_authors_tolerance(grade_code: GradeCode) -> None:
    source = "import torch\ndef f(x):\n    return x.sum() * 1.001 / (x.numel() > 0)\n"
    reference = BIG.replace("x.sum()", "x.sum() / (x.numel() > 0)").replace("0, 9,", "1, 9,")
    slow = SLOW.replace("return total", "return total / 1.0")
    answer = "{kind: code, limits: {wall_s: 30, cpu_s: 30, call_s: 20}}"
    for more, score in (("", 0), (", tolerance: {rtol: 0.01, atol: 0}", 10)):
        check = FASTER.replace("}", more + "}")
        found = grade_code(source, check, reference, others={"slow.py": slow}, answer=answer)["c"]
        assert found.score == score, found.feedback


@pytest.mark.parametrize(
    ("body", "score"),
    [("return x.sum()", 10), ("y = torch.ones(40_000_000); return x.sum() + 0 * y[0]", 0)],
)
def test_peak_memory(grade_code: GradeCode, body: str, score: float) -> None:
    limit = "{id: c, kind: peak_memory, title: T, call: f, cases: cases, limit_mb: 90, needs: [v]}"
    source = f"import torch\ndef f(x):\n    {body}\n"
    found = grade_code(source, f"{CALLS}- {limit}", REFERENCE)["c"]
    if found.outcome == Outcome.SERVICE_ERROR:
        assert "cannot be measured" in found.feedback, "only without a memory cgroup"
    else:
        assert found.score == score / 2


def test_a_hidden_check_says_little(grade_code: GradeCode) -> None:
    check = "- {id: c, kind: calls, title: Secret, call: f, cases: cases, hidden: true}"
    leak = "def f(x):\n    print(x)\n    raise ValueError(str(x))\n"
    found = grade_code(leak, check, REFERENCE)["c"]
    assert (found.title, found.score) == ("Hidden check 1", 0)
    assert (found.feedback, found.outcome) == ("It did not pass.", Outcome.WRONG)
    broken = grade_code("import os\nos._exit(1)\n" + leak, check, REFERENCE)["c"]
    assert (broken.feedback, broken.outcome) == (
        "The code did not run to its end.",
        Outcome.CRASHED,
    )
    wrong = grade_code("def f(x):\n    return x.mean()\n", check, REFERENCE)["c"]
    assert (wrong.feedback, wrong.diagnoses) == ("It did not pass.", ())
    assert grade_code(SUM, check, REFERENCE)["c"].feedback == "It passed."


def test_why_a_file_failed_is_said_first_and_once(grade_code: GradeCode) -> None:
    checks = "\n".join(
        f"- {{id: {name}, kind: calls, title: T{name}, call: {call}, reference: f, cases: cases}}"
        for name, call in (("a", "f"), ("b", "f"), ("c", "g"))
    )
    found = grade_code("import rubrics\n" + SUM, checks, REFERENCE)
    cause, rest = found["a"].feedback.split(" Your file defines no `f`.")
    assert cause.startswith("rubrics is not available here")
    assert rest == ""
    same = "The reason is the same as for “Ta”."
    assert found["b"].feedback == f"Your file defines no `f`. {same}"
    assert found["c"].feedback == f"Your file defines no `g`. {same}"
    stuck = grade_code("while True: pass\n", checks, REFERENCE, answer=ENDLESS)
    assert [one.feedback == same for one in stuck.values()] == [False, True, True]
    assert {one.outcome for one in stuck.values()} == {Outcome.TIMED_OUT}


def test_inputs_of_hidden_checks_are_not_beside_visible_calls(grade_code: GradeCode) -> None:
    """What a visible check may say of an exception cannot carry a hidden input out."""
    source = """
        import gc
        import torch
        def f(x):
            alive = [o for o in gc.get_objects() if isinstance(o, dict) and "strides" in o]
            raise ValueError(sorted({tuple(o["shape"]) for o in alive}))
    """
    reference = REFERENCE + "\n    def others(draw):\n        yield case(draw.normal(7, 7))\n"
    hidden = "- {id: h, kind: calls, title: H, call: f, cases: others, hidden: true}"
    found = grade_code(source, CALLS + hidden, reference)
    assert "(4,)" in found["v"].feedback, "it does find what is there"
    assert "7" not in found["v"].feedback
    assert (found["h"].title, found["h"].score) == ("Hidden check 1", 0)
    assert grade_code(SUM, CALLS + hidden, reference)["h"].feedback == "It passed."


def test_autograd_that_was_changed_gains_nothing(grade_code: GradeCode) -> None:
    for lie in ("None", "(None, None, None)", "[1]", "x[0]"):
        source = f"import torch\ntorch.autograd.grad = lambda *x, **k: {lie}\n" + SUM
        check = "- {id: c, kind: gradients, title: T, call: f, cases: cases}"
        found = grade_code(source, check, REFERENCE)["c"]
        assert found.outcome in (Outcome.WRONG, Outcome.CRASHED)
        assert found.score == 0


def test_a_check_whose_prerequisite_failed_is_skipped(grade_code: GradeCode) -> None:
    rest = "- {id: c, kind: source, title: T, forbid: [numel], needs: [v]}"
    found = grade_code("def f(x):\n    return x\n", CALLS + rest, REFERENCE)
    assert (found["c"].outcome, found["c"].score) == (Outcome.SKIPPED, 0)
    assert "“V”" in found["c"].feedback
    assert grade_code(SUM, CALLS + rest, REFERENCE)["c"].outcome == Outcome.CORRECT


def test_a_hidden_prerequisite_is_not_named(grade_code: GradeCode) -> None:
    first = CALLS.replace("title: V", "title: Secret, hidden: true")
    rest = "- {id: c, kind: source, title: T, forbid: [numel], needs: [v]}"
    found = grade_code("def f(x):\n    return x\n", first + rest, REFERENCE)
    assert found["c"].feedback == "Not tried, because it needs a hidden check."


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ("- {id: c, kind: no_alias, title: T, call: f, cases: cases}", "give `needs`"),
        (
            "- {id: c, kind: raises, title: T, call: f, cases: cases, error: RuntimeError}",
            "only begun would pass `raises`: give `needs`",
        ),
        ("- {id: c, kind: calls, title: T, call: g, cases: cases}", "no function `g`"),
        ("- {id: c, kind: calls, title: T, call: f, cases: none}", "no function `none`"),
        ("- {id: c, kind: calls, title: T, call: f, cases: cases, needs: [z]}", "`z` is not"),
        ("- {id: c, kind: values, title: T, reference: f}", "needs `collect`"),
        ("- {id: c, kind: calls, title: T, call: 'f(', cases: cases}", "pattern"),
    ],
)
def test_authors_faults_are_found_at_loading(grade_code: GradeCode, checks: str, said: str) -> None:
    with pytest.raises(AssignmentError, match=said.replace("(", r"\(")):
        grade_code(SUM, checks, REFERENCE)


def test_files_of_the_assignment_are_put_beside_the_students(grade_code: GradeCode) -> None:
    source = """
        from helper import twice
        def f(x):
            return twice(x).sum() / 2 + len(open("d.csv").read()) - 3
    """
    others = {"helper.py": "def twice(x):\n    return 2 * x\n", "d.csv": "1,2"}
    answer = "{kind: code, given: [helper.py, d.csv]}"
    found = grade_code(source, CALLS, REFERENCE, answer=answer, others=others)["v"]
    assert found.outcome == Outcome.CORRECT
    reference = REFERENCE + "\n    def x():\n        return torch.tensor(2.0)\n"
    checks = "- {id: v, kind: values, title: V, reference: x}"
    answer = "{kind: code, given: [helper.py], collect: y}"
    script = "import torch\nfrom helper import twice\ny = twice(torch.tensor(1.0))\n"
    found = grade_code(script, checks, reference, answer=answer, others=others)["v"]
    assert found.outcome == Outcome.CORRECT
    script += "open('helper.py', 'w')\n"
    found = grade_code(script, checks, reference, answer=answer, others=others)["v"]
    assert found.outcome == Outcome.FORBIDDEN
    assert "own helper.py can only be read in line 4" in found.feedback


@pytest.mark.parametrize(
    ("given", "said"),
    [("reference.py", "must not see"), ("assignment.yaml", "must not see"), ("no.csv", "not in")],
)
def test_given_files_are_there_and_give_nothing_away(
    grade_code: GradeCode, given: str, said: str
) -> None:
    with pytest.raises(AssignmentError, match=said):
        grade_code(SUM, CALLS, REFERENCE, answer=f"{{kind: code, given: [{given}]}}")
    check = CALLS + FASTER.replace("slow.py", given if given.endswith(".py") else "none.py")
    with pytest.raises(AssignmentError, match=r"name another file|not in"):
        grade_code(SUM, check, REFERENCE)
