"""Run an author's reference file, with every exception of theirs told apart from ours."""

import functools
import hashlib
import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import torch

from rubrics.reference.gradient import AuthorError, Gradient, default_dtype
from rubrics.reference.seeds import seed_all
from rubrics.variants import Params

SEED = 0
NO_PARAMS = Params({})


@dataclass(frozen=True)
class Expected:
    """What is right: in float64, and in the question's dtype (both detached, of one shape).

    Complex references are kept in complex128 instead.

    `gradient` is there when the reference is one, and so can be diagnosed.
    """

    exact: torch.Tensor
    in_dtype: torch.Tensor
    gradient: Gradient | None


class ReferenceFile:
    """The author's module, imported at first use; whatever it raises becomes an AuthorError.

    It is imported twice at most, so that nobody's coming first decides what constants at its top
    are: in float64 for what has one right value, in float32, torch's own default, for code that is
    called with inputs of a dtype of theirs.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._modules: dict[torch.dtype, ModuleType] = {}

    def expected(self, name: str, dtype: torch.dtype, params: Params = NO_PARAMS) -> Expected:
        """Run the function `name` in float64 and in `dtype`. Raises AuthorError."""
        exact, gradient = self._compute(name, torch.float64, params)
        again, _ = self._compute(name, torch.float64, params)
        if not torch.equal(exact.nan_to_num(), again.nan_to_num()):
            raise AuthorError(f"`{name}` gives other values each time: fix its seed")
        in_dtype, _ = self._compute(name, dtype, params)
        if exact.shape != in_dtype.shape:
            raise AuthorError(f"`{name}` gives another shape in another dtype")
        wide = torch.complex128 if exact.is_complex() else torch.float64
        return Expected(exact.to(wide), in_dtype, gradient)

    def value(self, name: str, dtype: torch.dtype, params: Params = NO_PARAMS) -> torch.Tensor:
        """What the function `name` gives in `dtype`, worked out once. Raises AuthorError."""
        return self._compute(name, dtype, params)[0]

    def found(self, name: str, dtype: torch.dtype, params: Params = NO_PARAMS) -> Any:
        """What the function `name` returns in `dtype`, whatever that is. Raises AuthorError."""
        with blamed_on_author(self._path.name), default_dtype(dtype):
            function = with_params(getattr(self._load(torch.float64), name), params)
            seed_all(SEED)
            return function()

    def find(self, name: str) -> Any:
        """What the file defines under a dotted name. Raises AuthorError."""
        with blamed_on_author(self._path.name):
            found: Any = self._load(torch.float32)
            for part in name.split("."):
                found = getattr(found, part)
            return found

    def _compute(
        self, name: str, dtype: torch.dtype, params: Params
    ) -> tuple[torch.Tensor, Gradient | None]:
        found = self.found(name, dtype, params)
        with blamed_on_author(self._path.name), default_dtype(dtype):
            if isinstance(found, Gradient):
                return found.evaluate(dtype), found
            return _dense(torch.as_tensor(found), name), None

    def _load(self, dtype: torch.dtype) -> ModuleType:
        if dtype not in self._modules:
            with default_dtype(dtype):
                self._modules[dtype] = self._imported(dtype)
        return self._modules[dtype]

    def _imported(self, dtype: torch.dtype) -> ModuleType:
        tag = hashlib.sha256(f"{self._path} {dtype}".encode()).hexdigest()[:16]
        loader = _ReadOnly(f"assignment_{tag}", str(self._path))
        spec = importlib.util.spec_from_loader(loader.name, loader)
        if spec is None:
            raise AuthorError(f"`{self._path.name}` cannot be imported")
        module = importlib.util.module_from_spec(spec)
        sys.modules[loader.name] = module  # dataclasses look their module up by name
        seed_all(SEED)  # what the file draws as it is imported is the same in every judge
        loader.exec_module(module)
        return module


def with_params(function: Callable[..., Any], params: Params) -> Callable[..., Any]:
    """The author's function, given the variant's values if it takes `params`.

    Without variants that is a name like any other: many an optimiser's first argument has it.
    """
    if not params:
        return function
    try:
        takes = inspect.signature(function).parameters
    except (TypeError, ValueError):  # what torch wrote in C has no signature
        return function
    return functools.partial(function, params=params) if "params" in takes else function


class _ReadOnly(SourceFileLoader):
    def set_data(self, path: str, data: Any, *, _mode: int = 0o666) -> None:
        """Write no bytecode beside the author's file: the folder is read-only where this runs."""


@contextmanager
def blamed_on_author(file: str) -> Iterator[None]:
    """Turn any exception of the author's code, SystemExit too, into AuthorError with its line."""
    try:
        yield
    except AuthorError:
        raise
    except (Exception, SystemExit) as fault:
        frames = traceback.extract_tb(fault.__traceback__)
        lines = [frame.lineno for frame in frames if Path(frame.filename).name == file]
        line = lines[-1] if lines else getattr(fault, "lineno", None)
        raise AuthorError(f"{type(fault).__name__}: {fault}", line) from fault


def _dense(value: torch.Tensor, name: str) -> torch.Tensor:
    if value.layout != torch.strided or value.is_quantized or value.is_meta:
        raise AuthorError(f"`{name}` must give a dense tensor")
    return value.detach()
