"""What a source uses and holds: an ordinary torch file is never called what it is not."""

import textwrap
from typing import Any

import pytest

from rubrics.answers import ParsedAnswer
from rubrics.checks import source
from rubrics.checks.case import Case
from rubrics.code_check_specs import SourceCheck

NOTHING: Any = None


def faults(text: str, more: dict[str, str] | None = None, **rules: Any) -> str:
    files = {"answer.py": textwrap.dedent(text).encode()}
    files |= {name: textwrap.dedent(one).encode() for name, one in (more or {}).items()}
    parsed = ParsedAnswer(kind="code", text="", data={"filename": "a.py"}, files=files)
    spec = SourceCheck.model_validate({"id": "c", "kind": "source", "title": "T", **rules})
    case = Case(NOTHING, parsed, None, NOTHING, 0)
    try:
        return " ".join(source._faults(spec, case, source._parts(spec, case)))
    except source.Ended as end:
        return end.said


NET = """
    import torch
    import torch.nn as nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Linear(2, 2)

        def forward(self, x):
            return self.inner.forward(x)

        def helper(self, x):
            return helper(x)

        def softmax(self, x):
            return torch.softmax(x, -1)

    def helper(x):
        return x

    net = Net()
    net.eval()
    torch.compile(net)
"""


def test_an_ordinary_module_holds_none_of_what_it_does_not() -> None:
    assert faults(NET, forbid_constructs=["recursion", "eval", "print"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return f(x)\n",
        "class C:\n    def m(self):\n        return self.m()\n",
        "class C:\n    async def m(this):\n        await this.m()\n",
        "class C:\n    @staticmethod\n    def m():\n        return C.m()\n",
        "def f(x):\n    def inner(y):\n        return f(y)\n    return inner(x)\n",
        "class C:\n    def m(self):\n        def inner():\n            self.m()\n",
        "def g(x):\n    class C:\n        def m(self):\n            return g(x)\n",
    ],
)
def test_recursion_is_found(text: str) -> None:
    assert "1 × recursion" in faults(text, forbid_constructs=["recursion"])
    assert faults(text, forbid_constructs=["recursion"], within="nobody").startswith("Your file")


def test_recursion_within_one_function_is_that_functions_own() -> None:
    text = "def f(x):\n    return f(x)\ndef g(x):\n    return f(x)\n"
    assert faults(text, within="g", forbid_constructs=["recursion"]) == ""
    assert "line 1" in faults(text, within="f", forbid_constructs=["recursion"])


@pytest.mark.parametrize(
    "text",
    [
        "eval('1')",
        "import builtins\nbuiltins.exec('1')",
        "from builtins import eval as e\ne('1')",
        "from builtins import *\n__import__('torch')",
    ],
)
def test_running_text_is_found(text: str) -> None:
    assert "1 × eval" in faults(text, forbid_constructs=["eval"])


def test_compiling_a_pattern_or_ones_own_function_is_no_eval() -> None:
    text = "import re\nre.compile('a')\ndef compile(x):\n    return x\ncompile(1)\n"
    assert faults(text, forbid_constructs=["eval"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "import torch as th\ndef f(x):\n    return th.sort(x)\n",
        "from torch import sort as s\ndef f(x):\n    return s(x)\n",
        "from torch import *\ndef f(x):\n    return sort(x)\n",
        "import torch\nname = 1\ndef f(x):\n    return getattr(torch, 'x')(torch.sort(x))\n",
        "def f(x):\n    import torch\n    return torch.sort(x)\n",
    ],
)
def test_imports_are_those_of_the_whole_file(text: str) -> None:
    assert "uses `torch.sort`" in faults(text, within="f", forbid=["torch.sort"])
    assert faults(text, within="f", require=["torch.sort"]) == ""


def test_a_required_function_is_found_by_its_alias() -> None:
    text = "import torch.nn.functional as F\ndef f(x):\n    return F.softmax(x, -1)\n"
    assert faults(text, within="f", require=["torch.nn.functional.softmax", "softmax"]) == ""
    text = "from torch import nn\ndef f(x):\n    return nn.functional.softmax(x, -1)\n"
    assert faults(text, within="f", require=["torch.nn.functional.softmax"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    mean = x.sum() / len(x)\n    return x - mean\n",
        "def f(x, mean):\n    return x - mean\n",
        "mean = 3.0\ndef f(x):\n    return x - mean\n",
        "def f(x):\n    return [mean for mean in x]\n",
        "def f(x):\n    return (lambda mean: mean + 1)(x)\n",
        "class C:\n  def f(self, x):\n    self.mean = x.sum()\n    return x - self.mean\n",
        "def mean(x):\n    return x.sum() / len(x)\ndef f(x):\n    return x - mean(x)\n",
        "def f(x):\n    for mean in x:\n        return mean\n",
    ],
)
def test_a_name_of_ones_own_is_no_use_of_another(text: str) -> None:
    assert faults(text, forbid=["mean"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "map = map\ndef f(x):\n    return map(x)\n",
        "def f(x, map=map):\n    return map(x)\n",
        "def f(x):\n    return [map for map in map(x)]\n",
        "def g(x):\n    map = 1\ndef f(x):\n    return map(x)\n",
        "def f(x):\n    return list(map(x))\nmop = 1\n",
        "import torch\ndef f(x):\n    map = torch.map(x)\n",
        "x.map = 1\n",
        "def f(x):\n    global map\n    map = map\n",
    ],
)
def test_another_name_is_not_hidden_by_ones_own(text: str) -> None:
    assert "uses `map`" in faults(text, forbid=["map"])


@pytest.mark.parametrize(
    "text",
    [
        "class _:\n    def map(self): ...\ndef f(self):\n    return self.map(1)\n",
        "class _:\n  def map(self): ...\n  def f(me):\n    return lambda self: self.map\n",
        "if 0:\n    map = 1\ndef f(x):\n    return map(x)\n",
        "for map in ():\n    pass\ndef f(x):\n    return map(x)\n",
        "try:\n    1 / 0\n    map = 1\nexcept ZeroDivisionError: ...\ndef f(x):\n    map(x)\n",
        "map = 1\ndel map\ndef f(x):\n    return map(x)\n",
        "def map(x): ...\nif 1:\n    del map\ndef f(x):\n    return map(x)\n",
        "def z():\n    global map\n    map = 1\ndef f(x):\n    return map(x)\n",
        "x[map] = 1\n",
        "import torch\ndef f(x):\n    match x:\n      case torch.Tensor(map=g):\n        g(0)\n",
        "from operator import methodcaller as m\ndef f(x):\n    return m('map', 0)(x)\n",
        "import operator\ndef f(x):\n    return operator.attrgetter('a.map')(x)\n",
        "g = getattr\ndef f(x):\n    return g(x, 'map')\n",
        "import builtins as b\ng = b\ndef f(x):\n    (h := g.getattr)\n    return h(x, 'map')\n",
        "def f(x):\n    return x.__getattribute__('map')\n",
        "import torch\ndef f(x):\n    return vars(torch)['map'](x)\n",
        "import torch\ndef f(x):\n    return torch.__dict__['map'](x)\n",
        "def f(x):\n    return globals()['map'](x)\n",
        "def f(x):\n    return eval('x.map(0)')\n",
        "e = exec\ndef f(x):\n    e('y = map(x)')\n",
        "from somewhere import *\nif 0:\n    map = 1\ndef f(x):\n    return map(x)\n",
    ],
)
def test_a_name_that_is_plainly_written_is_seen(text: str) -> None:
    assert "uses `map`" in faults(text, forbid=["map"])


@pytest.mark.parametrize(
    "text",
    [
        "import torch\nt = torch\ndef f(x):\n    return t.sort(x)\n",
        "import torch\ndef f(x):\n    t, y = torch, 1\n    u = t\n    return u.sort(x)\n",
        "import torch\nif 0:\n    import os as torch\ndef f(x):\n    return torch.sort(x)\n",
        "import torch.nn as n, torch\nt = n if 0 else 1\nt = torch\ndef f(x):\n    t.sort(x)\n",
    ],
)
def test_another_word_for_a_module_is_no_way_around_it(text: str) -> None:
    assert "uses `torch.sort`" in faults(text, forbid=["torch.sort"])
    other = text.replace("sort(x)", "cat(x)")
    assert "uses `torch.sort`" not in faults(other, forbid=["torch.sort"])


def test_a_name_imported_twice_may_be_either() -> None:
    text = "from torch import sort as s\nif 0:\n    from os import sep as s\ndef f(x):\n    s(x)\n"
    assert "uses `torch.sort`" in faults(text, forbid=["torch.sort"])


@pytest.mark.parametrize(
    "more",
    [
        "f = g\n",
        "if 1:\n    f, x = g, 1\n",
        "from other import g as f\n",
        "for f in [g]: ...\n",
    ],
)
def test_a_function_that_is_looked_at_is_not_bound_again(more: str) -> None:
    text = "def f(x):\n    return x\ndef g(x):\n    for y in x: ...\n"
    said = faults(text + more, within="f", forbid_constructs=["loop"])
    assert "`f` is bound again in line" in said
    assert faults(text + "def f(x):\n    return 1\n", within="f", forbid_constructs=["loop"]) == ""
    assert faults(text + "def h(f):\n    f = 1\n", within="f", forbid_constructs=["loop"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "e = eval\ndef f(x):\n    return e(x)\n",
        "@eval\ndef f(x): ...\n",
        "def f(x, run=eval):\n    return run(x)\n",
        "if 0:\n    eval = 1\ndef f(x):\n    return eval(x)\n",
        "def f(x):\n    return list(map(eval, x))\n",
    ],
)
def test_running_text_by_another_word_is_found(text: str) -> None:
    assert "× eval" in faults(text, forbid_constructs=["eval"])


@pytest.mark.parametrize(
    "text",
    [
        "class B:\n  def mean(self): ...\nclass C(B):\n  def f(self):\n    self.mean()\n",
        "class C:\n  def f(self):\n    self.mean = 1\n    return [self.mean for _ in 'a']\n",
        "if 1:\n    mean = 3\ndef f(x):\n    return x - mean\n",
        "class C: ...\nmean = C\ndef f(x):\n    return mean(x)\n",
        "def f(t):\n    t.a\nimport mean as u\ndef g(u):\n    return u.a\n",
        "print('mean')\nd = {'mean': 1}\nd['mean']\nopen('mean')\n",
    ],
)
def test_ordinary_code_is_no_way_around_anything(text: str) -> None:
    assert "uses `mean`" not in faults(text.replace("import mean as u\n", ""), forbid=["mean"])


def test_a_function_of_ones_own_can_be_asked_for() -> None:
    text = "def normalise(x):\n    return x\ndef layer(x):\n    return normalise(x)\n"
    assert faults(text, within="layer", require=["normalise"]) == ""
    assert "does not use" in faults(text, within="normalise", require=["normalise"])


@pytest.mark.parametrize(
    "text",
    [
        "import torch\n",
        "from torch import tensor\n",
        "import torch.nn as nn\n",
        "from torch.nn.functional import softmax\n",
        "def f(x):\n    import torch\n",
    ],
)
def test_a_whole_package_can_be_forbidden(text: str) -> None:
    assert "uses `torch`" in faults(text, forbid=["torch"])


def test_an_import_alone_uses_no_function() -> None:
    text = "from torch import einsum\nimport numpy as matmul\nx = matmul.ones(3)\n"
    assert "does not use `einsum`" in faults(text, require=["einsum"])
    assert "does not use `matmul`" in faults(text, require=["matmul"])
    assert faults(text + "einsum('ii', x)\n", require=["einsum", "torch.einsum"]) == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("d = {}\nd[1] = 1\n", 0),
        ("from collections import defaultdict\nd = defaultdict(int)\nd[k] += 1\n", 0),
        ("def f(state):\n    state['a'] = 1\n    state[f'b{i}'] = 1\n", 0),
        (
            "class C:\n    def f(self, k):\n        self.seen = dict()\n        self.seen[k] = 1\n",
            0,
        ),
        ("x[0] = 1\nx[:, 1:], y = 1, 2\n", 2),
        ("x = {}\nx = zeros(3)\nx[0] = 1\n", 1),
    ],
)
def test_entries_of_a_dict_are_no_slices(text: str, count: int) -> None:
    said = faults(text, forbid_constructs=["slice_assignment"])
    assert (f"{count} × slice assignment" in said) == bool(count)


def test_a_fault_is_told_by_file_where_there_are_several() -> None:
    said = faults("import a\n", {"a.py": "\nx = y.numel()\nfor z in x: pass\n"}, forbid=["numel"])
    assert "in line 2 of a.py" in said
    more = {"a.py": "\n\nfor z in x: pass\n"}
    assert "(line 3 of a.py)" in faults("", more, forbid_constructs=["loop"])


def test_a_fault_of_a_notebook_is_told_by_cell() -> None:
    text = b"import torch\n\nx = torch.sort(y)\n"
    cells = [{"cell": 2, "line": 1}, {"cell": 5, "line": 3}]
    data: Any = {"filename": "a.ipynb", "entry": "answer.py", "cells": cells}
    parsed = ParsedAnswer(kind="code", text="", data=data, files={"answer.py": text})
    rules = {"id": "c", "kind": "source", "title": "T", "forbid": ["sort"]}
    spec = SourceCheck.model_validate(rules)
    case = Case(NOTHING, parsed, None, NOTHING, 0)
    (said,) = source._faults(spec, case, source._parts(spec, case))
    assert "in line 1 of cell 5" in said
