"""Runs students' code in warm, jailed children and says what it produced, never whether it is right."""

from workers.sandbox.config import (
    Attestation,
    SandboxBroken,
    SandboxConfig,
    SandboxRefused,
)
from workers.sandbox.sandbox import Sandbox

__all__ = ["Attestation", "Sandbox", "SandboxBroken", "SandboxConfig", "SandboxRefused"]
