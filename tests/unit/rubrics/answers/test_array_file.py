"""`.npy` and `.safetensors` files: read without numpy, and nothing in them is believed."""

import io
import json
import struct
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save

from rubrics.answers.tensor.array_file import BadFile, read_npy, read_safetensors

GOOD = save({"a": torch.arange(6.0).reshape(2, 3)}, metadata={"format": "pt"})
TWO = save({"a": torch.zeros(2), "b": torch.ones(3)})


def npy(array: Any, version: tuple[int, int] | None = None) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asarray(array), version=version, allow_pickle=True)
    return file.getvalue()


def safetensors(header: Any, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


@pytest.mark.parametrize(
    "dtype", ["?", "u1", "i1", "<i2", "<i4", "<i8", "<f2", "<f4", "<f8", "<c8"]
)
@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (0, 2), (2, 1, 3)])
def test_what_numpy_writes(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.ones(shape, dtype=dtype)
    found = read_npy(npy(array))
    assert found.shape == shape
    assert np.frombuffer(found.data, dtype=dtype).reshape(shape).tolist() == array.tolist()
    assert found.dtype == array.dtype.name


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version(version: tuple[int, int]) -> None:
    assert read_npy(npy(np.zeros(3), version)).shape == (3,)


def test_columns_first() -> None:
    assert read_npy(npy(np.asfortranarray(np.ones((2, 3))))).fortran


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no .npy"),
        (b"PK\x03\x04 and so on", "no .npy"),
        (npy(np.array([{}], dtype=object)), "not taken|plain array"),
        (npy(np.zeros(2, dtype=[("a", "<f4")])), "plain array"),
        (npy(np.zeros(2, dtype=">f8")), "not taken"),
        (npy(np.zeros(2, dtype="U3")), "not taken"),
        (npy(np.zeros(2, dtype="datetime64[s]")), "plain array"),
        (npy(np.zeros(4))[:-1], "longer or shorter"),
        (npy(np.zeros(4)) + b"x", "longer or shorter"),
        (npy(np.zeros(4)).replace(b"(4,)", b"(9,)"), "longer or shorter"),
        (npy(np.zeros(4)).replace(b"(4,), }", b"(4,),__}"), "plain array"),
        (b"\x93NUMPY\x09\x00v\x00" + b" " * 118, "damaged"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\x7f", "damaged"),
    ],
)
def test_other_npy_files_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read_npy(content)


def test_the_only_tensor_or_the_named_one() -> None:
    assert read_safetensors(GOOD, None).shape == (2, 3)
    assert read_safetensors(TWO, "b").data == np.ones(3, dtype="<f4").tobytes()
    with pytest.raises(BadFile, match="holds 2 tensors"):
        read_safetensors(TWO, None)
    with pytest.raises(BadFile, match="no tensor named"):
        read_safetensors(TWO, "c")


def entry(dtype: str = "F32", shape: Any = (1,), offsets: Any = (0, 4)) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no .safetensors"),
        (b"\xff" * 8, "damaged or too long"),
        (safetensors(b"{"), "damaged"),
        (safetensors(b"[" * 60_000), "damaged"),
        (safetensors(b'{"a": 1, "a": 2}'), "damaged"),
        (safetensors([]), "damaged"),
        (safetensors({}), "holds 0 tensors"),
        (safetensors({"a": 1}), "damaged"),
        (safetensors({"a": entry(dtype="PICKLE")}, b"1234"), "not taken"),
        (safetensors({"a": entry(shape=[-1])}, b"1234"), "damaged"),
        (safetensors({"a": entry(shape=[True])}, b"1234"), "damaged"),
        (safetensors({"a": entry(shape=[1 << 41])}, b"1234"), "damaged"),
        (safetensors({"a": entry(shape=[0, 1 << 39])}, b"1234"), "longer or shorter"),
        (safetensors({"a": entry(offsets=[4, 0])}, b"1234"), "damaged"),
        (safetensors({"a": entry(offsets=[4, 8])}, b"12345678"), "gaps"),
        (safetensors({"a": entry(), "b": entry()}, b"1234"), "overlap"),
        (safetensors({"a": entry()}, b"12345"), "longer or shorter"),
        (safetensors({str(at): entry() for at in range(300)}, b"1234"), "too many"),
    ],
)
def test_other_safetensors_files_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read_safetensors(content, None)


@settings(max_examples=300)
@given(st.binary(max_size=200), st.integers(0, len(GOOD) - 1))
def test_junk_is_refused_or_read(junk: bytes, at: int) -> None:
    for content in (junk, GOOD[:at] + junk + GOOD[at:], b"\x93NUMPY\x01\x00" + junk):
        for reader in (read_npy, lambda one: read_safetensors(one, None)):
            try:
                reader(content)
            except BadFile:
                continue
