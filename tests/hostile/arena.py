"""Where attacks meet the real sandbox and the real judge, and what must be whole afterwards."""

import contextlib
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rubrics import loader
from rubrics.answers import ParsedAnswer
from rubrics.job import Job, Run
from tests.hostile.attack import Attack
from workers.judge import JudgePool
from workers.sandbox import Sandbox, SandboxConfig, cgroups
from workers.sandbox.launch import Order
from workers.sandbox.servers import Kind

PAPER = loader.LIBRARY / "autograd" / "paper-1"
HONEST = b"""
import torch
x = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.0, 2.0])
b = a ** (4 * x)
y = ((b + 3) * 5).mean()
y.backward()
"""


class Weakened(Sandbox):
    """A sandbox without some layers: only tests can make one, by overriding what is private."""

    without: frozenset[str] = frozenset()

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        order = super()._order(groups, kind)
        joins = {} if "cgroup" in self.without else order.groups
        return replace(order, without=tuple(sorted(self.without)), groups=joins)

    def _lacking(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def canaries(self) -> None:
        """They would sing."""


@dataclass
class Bait:
    """A secret and a listener outside, and a way to tell whether either was had."""

    file: Path
    token: str
    server: socket.socket
    hostname: str = field(default_factory=lambda: os.uname().nodename)

    def script(self) -> bytes:
        """What an attack may import: where the bait lies."""
        port = self.server.getsockname()[1]
        return f"FILE = {str(self.file)!r}\nTOKEN = {self.token!r}\nPORT = {port}\n".encode()

    def touched(self) -> str:
        """What happened to the machine, or nothing."""
        with contextlib.suppress(BlockingIOError):
            self.server.accept()[0].close()
            return "the machine's listener was reached"
        if self.file.read_text() != self.token:
            return "the machine's file was changed"
        if os.uname().nodename != self.hostname:
            return "the machine was renamed"
        return ""


@contextlib.contextmanager
def bait() -> Iterator[Bait]:
    """Bait for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as server:
        Path(folder).chmod(0o755)
        file, token = Path(folder, "secret"), secrets.token_hex(16)
        file.write_text(token)
        file.chmod(0o644)
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        server.setblocking(False)
        yield Bait(file, token, server)


class Arena:
    """The real sandbox and judge; `attempt` says why an attack was not held, or nothing."""

    def __init__(self, slots: int = 2) -> None:
        self.sandbox = Sandbox(SandboxConfig(slots=slots))
        self.sandbox.start()
        self.judges = JudgePool(max_judges=2)
        self.assignment = loader.load(PAPER)
        self._zygote = self.sandbox._pool.zygote.pid

    def close(self) -> None:
        self.judges.close()
        self.sandbox.close()

    def score(self, files: dict[str, bytes], run: Run) -> float | None:
        """What the real judge gives for question 1."""
        answers = {"q1": ParsedAnswer(kind="code", files=files)}
        digest = self.assignment.digest
        verdict = self.judges.judge(PAPER, digest, answers, {"q1": run}, seed=1)
        return next(one.score for one in verdict.questions if one.id == "q1")

    def attempt(self, attack: Attack, lure: Bait) -> tuple[Run, str]:
        """Run it, judge it, and look at what is left."""
        run = self.sandbox.run(attack.job(lure.script()))
        return run, self._unheld(attack, run, lure)

    def _unheld(self, attack: Attack, run: Run, lure: Bait) -> str:
        ended = run.ended.value if run.ended else "ran"
        if ended not in attack.outcomes:
            return f"ended {ended}, not {'|'.join(attack.outcomes)}: {run.explanation} {run.error}"
        if attack.says and attack.says not in run.explanation:
            return f"said {run.explanation!r}, not {attack.says!r}"
        if succeeded(run):
            return "it got what it wanted"
        if self.score(attack.files, run) != 0:
            return "it scored"
        return lure.touched() or self._harmed()

    def _harmed(self) -> str:
        pid = self.sandbox._pool.zygote.pid
        if pid != self._zygote:
            return "the fork server had to be replaced"
        if len(list(Path(f"/proc/{pid}/task").iterdir())) != 1:
            return "the fork server has another thread"
        job = Job(files={"a.py": HONEST}, entry="a.py", collect=("x.grad",))
        if self.score(job.files, self.sandbox.run(job)) != 4.0:
            return "the next honest submission was not graded right"
        return ""


def succeeded(run: Run) -> bool:
    """Whether the script says that it won."""
    value = run.values.get("won")
    return getattr(value, "json_text", "false") == "true"
