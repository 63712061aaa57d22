"""Hidden cases of a question: recorded from the author's file, and what is right for each."""

import contextlib
import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from rubrics.calls.decode import tensor_of
from rubrics.calls.interpret import Scene, lay_out
from rubrics.checks.describe import describe
from rubrics.job import Call, Input
from rubrics.reference.cases import Case
from rubrics.reference.draw import Draw
from rubrics.reference.gradient import AuthorError, default_dtype
from rubrics.reference.load import NO_PARAMS, ReferenceFile, blamed_on_author, with_params
from rubrics.reference.record import Names, Recorder
from rubrics.reference.seeds import seed_all
from rubrics.variants import Params

__all__ = ["FLOATING", "Author", "Expected", "Record", "Recorded", "Recorder", "Ship"]
__all__ += ["callee", "fresh", "play", "try_out"]

MOST = 500
KEPT = 64
FLOATING = {torch.float16, torch.bfloat16, torch.float32, torch.float64}

Key = tuple[str, str, int]
TRIED: Key = ("", "", 0)
"""Of a case that never leaves the judge."""
Ship = Mapping[str, Any]
Record = Callable[[Recorder, Case], Ship]
"""How a check makes one case into steps: it records them, and names what is to be shipped."""


@dataclass(frozen=True)
class Expected:
    """What the reference ships for one case: on the very inputs, and on them in float64."""

    plain: dict[str, Any]
    exact: dict[str, Any]
    printed: str


@dataclass
class Recorded:
    """One case of the check `check`, ready for the sandbox. `title` says to students what kind of
    case it is; `kept` is what a check drew for its own use, and never leaves the judge.
    """

    check: str
    call: Call
    inputs: dict[str, Input]
    title: str
    case: Case
    kept: Mapping[str, Any]
    expected: Expected | None = None


@dataclass
class Author:
    """The author's file as checks of code use it; what it gave is kept for a while."""

    file: ReferenceFile
    path: Path
    params: Params = NO_PARAMS
    _kept: OrderedDict[Key, tuple[Recorded, ...]] = field(default_factory=OrderedDict)

    @property
    def name(self) -> str:
        """The name of the author's file, by which its faults are told."""
        return self.path.name

    def find(self, name: str) -> Any:
        """What the author's file defines under a dotted name. Raises AuthorError."""
        return with_params(self.file.find(name), self.params)

    def sibling(self, name: str) -> bytes:
        """Another file of the assignment. Raises AuthorError."""
        try:
            return (self.path.parent / name).read_bytes()
        except OSError:
            raise AuthorError(f"`{name}` cannot be read") from None

    def recorded(self, key: Key, cases: str, group: str, record: Record) -> tuple[Recorded, ...]:
        """The cases of the function `cases`, recorded; `key` is question, check and seed.

        Raises AuthorError.
        """
        if key not in self._kept:
            self._kept[key] = self._record(key, cases, group, record)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _record(self, key: Key, cases: str, group: str, record: Record) -> tuple[Recorded, ...]:
        found = enumerate(self.drawn(cases, key[2]))
        return tuple(self.record(key, at, group, one, record) for at, one in found)

    def drawn(self, cases: str, seed: int) -> list[Case]:
        """What the function `cases` gives for a seed. Raises AuthorError."""
        with blamed_on_author(self.name):
            found = list(islice(self._draw(cases, seed), MOST + 1))
        if not found or len(found) > MOST:
            raise AuthorError(f"`{cases}` must give between 1 and {MOST} cases")
        return found

    def record(self, key: Key, at: int, group: str, case: Case, record: Record) -> Recorded:
        """One case, the one at place `at` of those of `key`. Raises AuthorError."""
        with blamed_on_author(self.name):
            return _one(key, at, group, case, record)

    def _draw(self, cases: str, seed: int) -> Iterator[Case]:
        found = self.find(cases)
        seed_all(seed)
        for one in found(Draw(seed)):
            if not isinstance(one, Case):
                raise AuthorError(f"`{cases}` must give cases, made by `case` or `program`")
            yield one

    def expected(self, recorded: Recorded, names: Mapping[str, str]) -> Expected:
        """Carry the case out on the reference, once. `names` gives its name for a student's name.

        Raises AuthorError.
        """
        if recorded.expected is None:
            recorded.expected = self._expect(recorded, names)
        return recorded.expected

    def _expect(self, recorded: Recorded, names: Mapping[str, str]) -> Expected:
        tape = io.StringIO()
        with blamed_on_author(self.name):
            with contextlib.redirect_stdout(tape):
                plain = self._carry_out(recorded, names, exact=False)
            with contextlib.redirect_stdout(io.StringIO()):
                exact = self._carry_out(recorded, names, exact=True)
        return Expected(plain, exact, tape.getvalue())

    def result(self, recorded: Recorded, names: Mapping[str, str]) -> dict[str, Any]:
        """What other functions of the file ship for a case, on the very inputs, worked out anew.

        Raises AuthorError.
        """
        with blamed_on_author(self.name), contextlib.redirect_stdout(io.StringIO()):
            return self._carry_out(recorded, names, exact=False)

    def _carry_out(
        self, recorded: Recorded, names: Mapping[str, str], exact: bool
    ) -> dict[str, Any]:
        def find(name: str) -> Any:
            return self.find(names.get(name, name))

        def make(name: str) -> Any:
            return fresh(recorded.inputs[name], exact)

        with default_dtype(torch.float64 if exact else torch.float32):
            seed_all(0)
            scene = Scene(find, make, torch)
            scene.run([step.model_dump() for step in recorded.call.steps])
            return {name: scene.value(tree) for name, tree in recorded.call.ship.items()}


def _one(key: Key, at: int, group: str, case: Case, record: Record) -> Recorded:
    name = _opaque(key, at)
    recorder = Recorder(name)
    ship = record(recorder, case)
    call, title = recorder.call(name, group, ship), case.title or describe(case)
    return Recorded(key[1], call, recorder.inputs, title, case, recorder.kept)


def _opaque(key: Key, at: int) -> str:
    """The name of a call. It stands beside the student's code, and tells it neither the check nor
    the place; for the same seed it is the same, or a regrade would find no run that was kept.
    """
    return hashlib.blake2b(repr((*key, at)).encode(), digest_size=12).hexdigest()


def fresh(one: Input, exact: bool) -> Any:
    """An input as the sandbox makes it; with `exact` its floating numbers are float64."""
    plain = tensor_of(one.tensor)
    if exact and plain.dtype in FLOATING:
        plain = plain.to(torch.float64)
    if exact and plain.is_complex():
        plain = plain.to(torch.complex128)
    if one.array:
        return plain.numpy()
    if one.strides is not None:
        plain = lay_out(plain, one.strides, torch)
    return plain.requires_grad_() if one.requires_grad else plain


def play(recorder: Recorder, target: str, case: Case) -> Any:
    """Record the ordinary case: make the object if there is one to make, then call. The result."""
    if case.program is not None:
        return case.program(Names(recorder, "student"), Names(recorder, "torch"))
    result = callee(recorder, target, case)(*case.args, **case.kwargs)
    return result(*case.asked) if case.asked else result


def callee(recorder: Recorder, target: str, case: Case) -> Any:
    """Record how what is to be called comes about."""
    found: Any = recorder.name(target)
    if case.made is not None:
        found = found(*case.made.args, **case.made.kwargs)
        if case.made.state is not None:
            found.load_state_dict(dict(case.made.state))
    return getattr(found, case.after) if case.after else found


def try_out(author: Author, target: str, case: Case, names: Mapping[str, str]) -> Any:
    """What the reference gives for a case, to see its structure. Raises AuthorError."""

    def record(recorder: Recorder, one: Case) -> Ship:
        return {"value": play(recorder, target, one)}

    return author.expected(_one(TRIED, 0, "", case, record), names).plain["value"]
