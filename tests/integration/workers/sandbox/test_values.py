"""What is collected from a script, and what is said of what cannot be."""

import math
import struct

import pytest

from rubrics.job import Missing, PlainValue, TensorValue

DTYPES = "bool uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128"


def collect(run, script: str, name: str = "x"):
    done = run(script, name)
    assert done.ended is None, done
    return done.values[name]


def test_a_gradient_by_dotted_name(run):
    script = (
        "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\n(x * x).sum().backward()"
    )
    value = collect(run, script, "x.grad")
    assert value == TensorValue(dtype="float32", shape=(2,), data=struct.pack("<2f", 2.0, 4.0))


@pytest.mark.parametrize("dtype", DTYPES.split())
def test_every_plain_dtype_travels_as_bytes(run, dtype):
    value = collect(run, f"import torch\nx = torch.ones(2, 3, dtype=torch.{dtype})")
    assert (value.dtype, value.shape) == (dtype, (2, 3))
    assert len(value.data) == 6 * {"bool": 1, "complex128": 16}.get(dtype, len(value.data) // 6)


def test_views_are_made_contiguous(run):
    value = collect(run, "import torch\nx = torch.arange(6).reshape(2, 3).T")
    assert value.shape == (3, 2)
    assert struct.unpack("<6q", value.data) == (0, 3, 1, 4, 2, 5)


def test_conjugate_and_negative_views_are_resolved(run):
    value = collect(run, "import torch\nx = torch.tensor([1 + 2j]).conj()")
    assert struct.unpack("<2f", value.data) == (1.0, -2.0)


@pytest.mark.parametrize(
    ("expression", "shape"), [("torch.tensor(2.0)", ()), ("torch.empty(0, 3)", (0, 3))]
)
def test_zero_dimensions_and_no_elements(run, expression, shape):
    assert collect(run, f"import torch\nx = {expression}").shape == shape


@pytest.mark.parametrize("expression", ["np.arange(4.0)[::2]", "np.array([0.0, 2.0], dtype='>f8')"])
def test_numpy_arrays_come_little_endian_and_contiguous(run, expression):
    value = collect(run, f"import numpy as np\nx = {expression}")
    assert (value.dtype, struct.unpack("<2d", value.data)) == ("float64", (0.0, 2.0))


def test_a_numpy_scalar_is_a_tensor_without_dimensions(run):
    value = collect(run, "import numpy as np\nx = np.float64(1.5)")
    assert (value.dtype, value.shape) == ("float64", ())


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("1", "1"),
        ("1.5", "1.5"),
        ("True", "true"),
        ("'é'", '"\\u00e9"'),
        ("[1, [2.5, 'a']]", '[1, [2.5, "a"]]'),
        ("(1, 2)", "[1, 2]"),
        ("float('nan')", '{"special": "nan"}'),
        ("[-math.inf]", '[{"special": "-inf"}]'),
        ("[None, {'a': None}]", '[null, {"dict": [["a", null]]}]'),
        ("1.5 - 2j", '{"complex": [1.5, -2.0]}'),
        ("[complex('nan+1j')]", '[{"complex": [{"special": "nan"}, 1.0]}]'),
        ("{1: [2], 'a': {}}", '{"dict": [[1, [2]], ["a", {"dict": []}]]}'),
    ],
)
def test_plain_values(run, expression, text):
    assert collect(run, f"import math\nx = {expression}") == PlainValue(json_text=text)


@pytest.mark.parametrize("wrapped", ["[x]", "{'a': x}"])
@pytest.mark.parametrize("leaf", ["1.0", "complex('nan+nanj')"])
@pytest.mark.parametrize("levels", [9, 10, 16, 17, 40])
def test_what_is_nested_too_deeply_is_said_of_the_value(run, wrapped, leaf, levels):
    script = f"x = {leaf}\nfor _ in range({levels}):\n    x = {wrapped}"
    value = collect(run, script)
    assert isinstance(value, Missing if levels > 16 else PlainValue)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("", "undefined"),
        ("x = None", "none"),
        ("x = {1.5: 2}", "unsupported"),
        ("x = {None: 2}", "unsupported"),
        ("x = {1j: 2}", "unsupported"),
        ("class C(complex): pass\nx = C(1)", "unsupported"),
        ("x = object()", "unsupported"),
        ("import torch\nx = torch.ones(2).to_sparse()", "unsupported"),
        ("import torch\nx = torch.ones(2, device='meta')", "unsupported"),
        ("import torch\nx = torch.nested.nested_tensor([torch.ones(2)])", "unsupported"),
        (
            "import torch\nx = torch.quantize_per_tensor(torch.ones(2), .1, 0, torch.qint8)",
            "unsupported",
        ),
        (
            "import torch\nclass T(torch.Tensor): pass\nx = torch.ones(2).as_subclass(T)",
            "unsupported",
        ),
        ("import numpy\nx = numpy.array(['a'])", "unsupported"),
        ("import numpy\nx = numpy.array([object()])", "unsupported"),
        ("import torch\nx = torch.ones(1).expand(10**12)", "too_large"),
        ("x = 10**5000", "too_large"),
        ("x = []\nx.append(x)", "too_large"),
        ("x = list(range(10**6))", "too_large"),
    ],
)
def test_what_cannot_be_shipped_says_why(run, script, reason):
    value = collect(run, script)
    assert isinstance(value, Missing)
    assert value.reason == reason


def test_a_gradient_that_was_never_made_is_none(run):
    value = collect(run, "import torch\nx = torch.ones(2, requires_grad=True)", "x.grad")
    assert (value.reason, value.detail) == ("none", "'x.grad' is None")


def test_a_property_that_raises_is_missing_and_the_others_are_not(run):
    script = "class A:\n    @property\n    def b(self): raise KeyError\na = A()\nx = 1"
    done = run(script, "a.b", "x")
    assert done.values["a.b"].reason == "undefined"
    assert done.values["x"].json_text == "1"


def test_text_loses_what_could_mislead_a_reader(run):
    done = run("print('a\\u202eb\\x1b[31mc\\x00d\\u200be')")
    assert done.output == "ab[31mcde\n"
    assert not math.isnan(done.use.wall_ms)
