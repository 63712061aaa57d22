"""Make the calls that a job asks for, one after another, and ship each one's result as it ends.

A call that raises, or takes too long in Python, is that call's own outcome; the next one starts
afresh. Behind one that took too long the rest of its group is passed over: each would take as long
again, until no time is left for other functions (see `workers.calls`). One that hangs in native
code takes the process with it; what was shipped before stands.
"""

import io
import random
import signal
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any

from rubrics.calls.interpret import Scene, Undefined, build
from workers.harness import script
from workers.harness.collect import Blob
from workers.harness.trees import ITEMS_OF_A_RUN, Packer

Record = dict[str, Any]
PRINTED = 8000


class TooLong(BaseException):
    """The call's own time is up. Not an Exception, so that `except Exception` does not hide it."""


class Tape(io.TextIOBase):
    """Takes what a call prints, up to a size; the rest is dropped."""

    def __init__(self) -> None:
        self.text = ""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Keep what there is room for."""
        if len(self.text) < PRINTED:
            self.text += text[: PRINTED - len(self.text)]
        return len(text)


class Caller:
    """Holds what all calls of a job share: the student's module and the inputs."""

    def __init__(
        self,
        module: types.ModuleType,
        job: Record,
        names: Mapping[str, str],
        inputs: dict[str, tuple[Record, bytes]],
    ) -> None:
        self._module, self._names, self._inputs = module, names, inputs
        self._calls: list[Record] = job["calls"]
        self._seconds: float = job["call_s"]
        self._budget: int = job["values"]
        self._items = ITEMS_OF_A_RUN

    def results(self, torch: Any, numpy: Any) -> Iterator[tuple[Record, dict[str, Blob]]]:
        """One record and its tensors a call, in order."""
        late: dict[str, Record] = {}
        for call in self._calls:
            if before := late.get(call["group"]):
                yield before | {"call": call["name"], "values": {}, "printed": ""}, {}
                continue
            reset(torch, numpy)
            packer = Packer(torch, numpy, self._budget, self._items)
            record = self._carry_out(call, packer, torch)
            self._budget -= packer.used
            self._items -= packer.items
            if record["error"] and record["error"]["late"]:
                late[call["group"]] = record
            yield record, {str(at): blob for at, blob in enumerate(packer.blobs)}

    def _carry_out(self, call: Record, packer: Packer, torch: Any) -> Record:
        scene = Scene(self._find, lambda name: build(*self._inputs[name], torch), torch)
        tape, error, missing = Tape(), None, ""
        out, sys.stdout = sys.stdout, tape
        try:
            self._limited(scene, call["steps"])
        except Undefined as fault:
            missing = fault.name
        except BaseException as fault:
            error = script.describe(fault, self._names) | {"kinds": _kinds(fault)}
            error["late"] = isinstance(fault, TooLong)
        finally:
            sys.stdout = out
        values = {name: packer.pack(one) for name, one in _reached(scene, call["ship"])}
        told = {"call": call["name"], "values": values, "error": error}
        return told | {"missing": missing, "printed": str(tape.text)}

    def _find(self, name: str) -> Any:
        found = self._module.__dict__
        if name not in found:
            raise Undefined(name)
        return found[name]

    def _limited(self, scene: Scene, steps: list[Record]) -> None:
        signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            scene.run(steps)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def reset(torch: Any, numpy: Any) -> None:
    """Undo what an earlier call may have left: draws, the default dtype, gradients switched off."""
    random.seed(0)
    if torch is not None:
        torch.default_generator.manual_seed(0)
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)
    if numpy is not None:
        numpy.random.seed(0)


def _ring(number: int, frame: Any) -> None:  # noqa: ARG001 - a signal handler's parameters
    raise TooLong


def _kinds(fault: BaseException) -> list[str]:
    return [one.__name__[:100] for one in type(fault).__mro__[:16]]


def _reached(scene: Scene, ship: Record) -> Iterator[tuple[str, Any]]:
    """What was to be shipped and is there: after an error, later steps have no result."""
    for name, tree in ship.items():
        try:
            yield name, scene.value(tree)
        except IndexError:
            continue
