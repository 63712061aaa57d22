"""What a grading process holds: one sandbox and one pool of judges, started and closed together."""

from dataclasses import dataclass
from typing import Self

from workers.judge import JudgePool
from workers.sandbox import Attestation, Sandbox, SandboxConfig


@dataclass(frozen=True)
class Engine:
    """Thread-safe; `attestation` says which layers of the sandbox stand."""

    sandbox: Sandbox
    judges: JudgePool
    attestation: Attestation

    @classmethod
    def start(cls, slots: int) -> Self:
        """Start the sandbox with `slots` children at once.

        Raises SandboxRefused, with a remedy, if the machine cannot hold students' code safely.
        """
        sandbox = Sandbox(SandboxConfig(slots=slots))
        attestation = sandbox.start()
        return cls(sandbox, JudgePool(max_judges=max(8, slots)), attestation)

    def close(self) -> None:
        """End the zygote, its children and the judges."""
        self.judges.close()
        self.sandbox.close()
