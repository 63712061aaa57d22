"""What a grading process holds: one sandbox and one pool of judges, started and closed together."""

from dataclasses import dataclass
from typing import Self

from workers.judge import JudgePool
from workers.sandbox import Attestation, Required, Sandbox, SandboxConfig


@dataclass(frozen=True)
class Engine:
    """Thread-safe; `attestation` says which layers of the sandbox stand."""

    sandbox: Sandbox
    judges: JudgePool
    attestation: Attestation

    @classmethod
    def start(cls, slots: int, required: Required = "floor") -> Self:
        """Start the sandbox with `slots` children at once; all, judges too, of the level required.

        Raises SandboxRefused, with a remedy, if the machine cannot hold students' code safely.
        """
        sandbox = Sandbox(SandboxConfig(slots=slots, required=required))
        attestation = sandbox.start()
        judges = JudgePool(max_judges=max(8, slots), required=required)
        return cls(sandbox, judges, attestation)

    def close(self) -> None:
        """End the zygote, its children and the judges."""
        self.judges.close()
        self.sandbox.close()
