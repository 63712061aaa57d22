"""The wire: whole frames come out whole, and each way of being ill-formed is refused by name."""

import contextlib
import json
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers import frames

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | FLOATS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc"), inner, max_size=4),
    max_leaves=20,
)


def payload(frame: bytes) -> bytes:
    return frame[frames.HEADER.size :]


def read(stream: bytes, cap: int = 1 << 16, chunk: int = 1 << 16) -> list[tuple[str, bytes]]:
    reader, found = frames.Reader(cap), []
    for place in range(0, len(stream), chunk):
        reader.feed(stream[place : place + chunk])
        found += list(reader.frames())
    return found


@given(PLAIN)
def test_json_comes_back_as_it_went(value):
    assert frames.parse_json(payload(frames.pack_json(value))) == value


@given(
    st.lists(st.tuples(st.sampled_from("JBT"), st.binary(max_size=50)), max_size=5),
    st.integers(1, 30),
)
def test_frames_come_whole_however_they_are_cut(parts, chunk):
    stream = b"".join(frames.pack(kind, data) for kind, data in parts)
    assert read(stream, chunk=chunk) == parts


@given(
    st.dictionaries(st.text("abc.", min_size=1), st.sampled_from(sorted(frames.CODES)), max_size=5),
    st.data(),
)
def test_tensors_come_back_as_they_went(names, data):
    tensors = {}
    for name, dtype in names.items():
        shape = tuple(data.draw(st.lists(st.integers(0, 3), max_size=3)))
        count = 1
        for side in shape:
            count *= side
        tensors[name] = (dtype, shape, bytes(count * frames.CODES[dtype][1]))
    assert frames.parse_tensors(payload(frames.pack_tensors(tensors))) == tensors


@given(st.binary(max_size=300))
def test_random_bytes_are_refused_and_nothing_else_happens(data):
    for parse in (read, frames.parse_json, frames.parse_tensors):
        with contextlib.suppress(frames.FrameError):
            parse(data)


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (b"XX" + bytes(6), "bad_magic"),
        (b"Y", "bad_magic"),
        (b"XGJ\x01" + bytes(4), "bad_magic"),
        (b"XGP\x00" + bytes(4), "bad_kind"),
        (b"XGB\x00" + struct.pack("<I", 1 << 20), "too_large"),
        (frames.pack("B", bytes(70_000)), "too_large"),
    ],
)
def test_a_bad_header_is_refused_before_its_payload(stream, reason):
    with pytest.raises(frames.FrameError) as refused:
        read(stream)
    assert refused.value.reason == reason


def test_json_frames_have_a_cap_of_their_own():
    reader = frames.Reader(1 << 20, 100)
    reader.feed(frames.pack("B", bytes(200)))
    assert len(list(reader.frames())) == 1
    with pytest.raises(frames.FrameError, match="too_large"):
        reader.feed(frames.pack("J", bytes(200)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff", "not_utf8"),
        (b"{", "not_json"),
        (b"", "not_json"),
        (b"1 2", "not_json"),
        (b"NaN", "not_json"),
        (b"[Infinity]", "not_json"),
        (b"1e999", "not_finite"),
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b"9" * 5000, "number_too_long"),
        (b"0." + b"9" * 5000, "number_too_long"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "too_deep"),
        (b'"\\ud800"', "bad_text"),
        (b'["a\\u0000"]', "bad_text"),
        (b'{"\\u0000":1}', "bad_text"),
    ],
)
def test_loose_json_is_refused(data, reason):
    with pytest.raises(frames.FrameError) as refused:
        frames.parse_json(data)
    assert refused.value.reason == reason


def test_brackets_inside_a_text_are_not_depth():
    text = "[" * 100 + '\\"'
    assert frames.parse_json(json.dumps([text]).encode()) == [text]


@pytest.mark.parametrize("end", [b"", b"\\", b'"'])
def test_a_text_of_quotes_costs_its_length_and_not_the_square(end):
    before = time.process_time()
    with pytest.raises(frames.FrameError):
        frames.parse_json(b"[" * 40 + b'"' + b'\\"' * 500_000 + end)
    assert time.process_time() - before < 5


def test_nan_is_never_written():
    with pytest.raises(ValueError, match="JSON"):
        frames.pack_json(float("nan"))


def tensor_frame(header: object, data: bytes) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def entry(**change: object) -> dict[str, object]:
    return {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]} | change}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "truncated"),
        (struct.pack("<Q", 1 << 60), "header_too_large"),
        (struct.pack("<Q", 10) + b"{}", "header_too_large"),
        (tensor_frame([], b""), "bad_header"),
        (tensor_frame({str(i): {} for i in range(300)}, b""), "bad_header"),
        (tensor_frame({"a": 1}, b""), "bad_entry"),
        (tensor_frame({"__metadata__": {"a": "b"}}, b""), "bad_entry"),
        (tensor_frame(entry(extra=1), bytes(8)), "bad_entry"),
        (tensor_frame(entry(dtype="OBJ"), bytes(8)), "bad_dtype"),
        (tensor_frame(entry(dtype=["F32"]), bytes(8)), "bad_dtype"),
        (tensor_frame(entry(shape=2), bytes(8)), "bad_shape"),
        (tensor_frame(entry(shape=[-2]), bytes(8)), "bad_shape"),
        (tensor_frame(entry(shape=[True, 2]), bytes(8)), "bad_shape"),
        (tensor_frame(entry(shape=[2.0]), bytes(8)), "bad_shape"),
        (tensor_frame(entry(shape=[1] * 20), bytes(8)), "bad_shape"),
        (tensor_frame(entry(shape=[0, 2**40], data_offsets=[0, 0]), b""), "bad_shape"),
        (tensor_frame(entry(data_offsets=[0]), bytes(8)), "bad_offsets"),
        (tensor_frame(entry(data_offsets=[-8, 0]), bytes(8)), "bad_offsets"),
        (tensor_frame(entry(data_offsets=[4, 12]), bytes(12)), "bad_offsets"),
        (tensor_frame(entry(shape=[3]), bytes(8)), "bad_size"),
        (tensor_frame(entry(), bytes(9)), "trailing_data"),
        (tensor_frame(entry(), bytes(7)), "trailing_data"),
    ],
)
def test_loose_tensors_are_refused(data, reason):
    with pytest.raises(frames.FrameError) as refused:
        frames.parse_tensors(data)
    assert refused.value.reason == reason
