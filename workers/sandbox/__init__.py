"""Runs students' code in warm, jailed children; says what it produced, never if it is right."""

from workers.sandbox.config import (
    Attestation,
    Required,
    SandboxBroken,
    SandboxConfig,
    SandboxRefused,
)
from workers.sandbox.sandbox import Sandbox

__all__ = [
    "Attestation",
    "Required",
    "Sandbox",
    "SandboxBroken",
    "SandboxConfig",
    "SandboxRefused",
]
