"""Numbers as people paste them or save them, read without evaluating anything.

Typed: `[0.5, 1e-8, 1/3]`, `1.2 × 10^{-3}`, `tensor([...], grad_fn=...)`, numpy prints without
commas, `np.float64(0.5)`, MATLAB rows, U+2212 for minus, `inf` and `nan`, line breaks, trailing
commas; complex numbers where asked for.
Files: JSON lists, `.npy`, `.safetensors`.
"""

from pathlib import PurePosixPath

from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer
from rubrics.answers.tensor.array_file import Array, BadFile, read_npy, read_safetensors
from rubrics.answers.tensor.spec import MOST_IN_JSON, TensorSpec
from rubrics.answers.tensor.typed import by, parse_typed


def parse(spec: TensorSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Read the numbers; `data` is {"shape": [...], "numbers": [spelling, ...]}, row-major.

    Of a binary file `data` is {"shape": [...], "dtype": ...}, and the file itself is kept. Raises
    MalformedAnswer, naming what does not fit.
    """
    if not raw.files:
        if "typed" not in spec.forms:
            message = "Numbers were typed where a file is asked for."
            raise MalformedAnswer(field, message, f"Send a {_suffixes(spec)} file.")
        return parse_typed(spec, raw.text, field)
    name, content = _one_file(spec, raw, field)
    suffix = PurePosixPath(name.lower()).suffix
    if suffix == ".json":
        return parse_typed(spec, _text(content, field), field, len(content), MOST_IN_JSON)
    return _binary(spec, suffix, content, field)


def _one_file(spec: TensorSpec, raw: RawAnswer, field: str) -> tuple[str, bytes]:
    if not spec.suffixes:
        raise MalformedAnswer(field, "A file was sent for typed numbers.", "Type or paste them.")
    if raw.text.strip():
        message = "Both a file and typed numbers were sent."
        raise MalformedAnswer(field, message, "Send one of them.")
    if len(raw.files) > 1:
        message = f"{len(raw.files)} files were sent, one is asked for."
        raise MalformedAnswer(field, message, f"Send one {_suffixes(spec)} file.")
    name, content = next(iter(raw.files.items()))
    if PurePosixPath(name.lower()).suffix not in spec.suffixes:
        message = "The file is of another type than asked for."
        raise MalformedAnswer(field, message, f"Send one {_suffixes(spec)} file.")
    if len(content) > spec.max_kb * 1024:
        message = f"The file is {len(content) / 1024:.0f} KB, at most {spec.max_kb} KB are taken."
        raise MalformedAnswer(field, message, "Save only the tensor that is asked for.")
    return name, content


def _suffixes(spec: TensorSpec) -> str:
    return " or ".join(spec.suffixes)


def _text(content: bytes, field: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "The JSON file is not UTF-8 text."
        raise MalformedAnswer(field, message, "Save it again as JSON.") from None


def read_file(spec: TensorSpec, suffix: str, content: bytes) -> Array:
    """The array of a file with this suffix. Raises BadFile."""
    found = read_npy(content) if suffix == ".npy" else read_safetensors(content, spec.name)
    if found.dtype.startswith("complex") and not spec.complex:
        raise BadFile("its numbers are complex, real ones are asked for")
    return found


def _binary(spec: TensorSpec, suffix: str, content: bytes, field: str) -> ParsedAnswer:
    try:
        found = read_file(spec, suffix, content)
    except BadFile as fault:
        example = "numpy.save" if suffix == ".npy" else "safetensors.torch.save_file"
        message = f"The {suffix} file cannot be read: {fault}."
        raise MalformedAnswer(field, message, f"Write it with {example}.") from None
    if spec.shape not in ("any", found.shape):
        message = f"The file holds {by(found.shape)}, {by(spec.shape)} is asked for."
        raise MalformedAnswer(field, message, "Check the shape before you save it.")
    return ParsedAnswer(
        kind="tensor",
        text=f"{suffix[1:]} file: {found.dtype}, shape {list(found.shape)}",
        data={"shape": list(found.shape), "dtype": found.dtype},
        files={f"answer{suffix}": content},
    )
