"""Where an attack is tried without the layers that stop it: only tests can make such a place."""

import contextlib
import unittest.mock
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from rubrics.job import Job, PlainValue, Run
from tests.hostile import refusal
from tests.hostile.attack import Attack
from workers.sandbox import Sandbox, SandboxConfig, call_report, cgroups, report
from workers.sandbox.launch import Order
from workers.sandbox.servers import Kind

NAIVE = (Path(__file__).parent / "naive" / "grader.py").read_bytes()
Try = Callable[[Attack, bytes], tuple[Run, str]]


class Weakened(Sandbox):
    """A sandbox without some layers, by overriding what is private."""

    without: frozenset[str] = frozenset()

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        order = super()._order(groups, kind)
        joins = {} if "cgroup" in self.without else order.groups
        return replace(order, without=tuple(sorted(self.without)), groups=joins)

    def _lacking(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def canaries(self) -> None:
        """They would sing."""


def naively(job: Job) -> Job:
    """The same submission, for a grader that judges inside: the sandbox's principle is off.

    It has the script in a process of its own.
    """
    files = {**job.files, "naive_grader.py": NAIVE}
    limits = job.limits.model_copy(update={"processes": job.limits.processes + 1})
    changed = {"files": files, "entry": "naive_grader.py", "limits": limits}
    return job.model_copy(update=changed)


@contextlib.contextmanager
def _as_it_comes() -> Iterator[None]:
    """No text is cleaned."""

    def keep(text: str, cap: int = 4000) -> str:
        return text

    with contextlib.ExitStack() as stack:
        for module in (report, call_report):
            stack.enter_context(unittest.mock.patch.object(module, "clean", keep))
        yield


@contextlib.contextmanager
def without(layers: frozenset[str], torch: bool = True) -> Iterator[Try]:
    """Something that runs an attack without these layers: the run, and the layer's word."""
    ours = layers - {"principle", "cleaning"}
    box = Weakened(
        SandboxConfig(
            slots=1,
            preload=("sqlite3", "pickle", "importlib.util", *(("torch", "numpy") if torch else ())),
        )
    )
    box.without = frozenset(ours)

    def attempt(attack: Attack, bait: bytes) -> tuple[Run, str]:
        job = attack.job(bait)
        run = box.run(naively(job) if "principle" in layers else job)
        return run, refusal.of(run)

    with contextlib.ExitStack() as stack:
        stack.enter_context(refusal.noting())
        if "cleaning" in layers:
            stack.enter_context(_as_it_comes())
        stack.callback(box.close)
        box.start()
        yield attempt


def succeeded(run: Run) -> bool:
    """Whether the script says that it won, or a text of it would disturb a page."""
    value = run.values.get("won")
    return (isinstance(value, PlainValue) and value.json_text == "true") or disturbing(run)


def disturbing(run: Run) -> bool:
    """Whether any text of it holds a control or bidi character, or is too long for a page."""
    error = run.error
    texts = [run.output, run.explanation]
    texts += [error.type, error.message, error.file or ""] if error else []
    texts += [getattr(value, "detail", "") for value in run.values.values()]
    long = error is not None and len(error.type) + len(error.message) > 4000
    return long or any(char in text for text in texts for char in "\x00\x07\x1b\u202e\u2066\u200b")
