"""What of the sandbox this machine gives, layer by layer, and the command that mends the rest."""

import ctypes.util
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from workers.sandbox import cgroups, launch, packages, remedies
from workers.sandbox.config import Required, SandboxBroken, SandboxConfig, SandboxRefused
from workers.sandbox.sandbox import Sandbox

APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
CLONE = Path("/proc/sys/kernel/unprivileged_userns_clone")
LIMIT = Path("/proc/sys/user/max_user_namespaces")


@dataclass(frozen=True)
class Layer:
    """One thing the sandbox stands on; `remedy` is empty when it is there."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def _processor() -> Layer:
    kind = platform.machine()
    if remedies.wsl() == 1:
        return Layer("processor", False, "WSL 1, which has no namespaces", remedies.WSL_1)
    ok = platform.system() == "Linux" and kind in ("x86_64", "aarch64")
    remedy = "" if ok else "Run the worker on Linux, on an x86_64 or aarch64 machine."
    under = ", WSL 2" if remedies.wsl() else ""
    return Layer("processor", ok, f"{platform.system()} on {kind}{under}", remedy)


def _seccomp() -> Layer:
    found = ctypes.util.find_library("seccomp")
    remedy = "" if found else "Install libseccomp: apt-get install libseccomp2"
    return Layer("libseccomp", bool(found), found or "not found", remedy)


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _userns() -> Layer:
    if _number(LIMIT) == 0:
        remedy = "sysctl -w user.max_user_namespaces=10000"
        return Layer("user namespaces", False, "the machine allows none", remedy)
    if os.getuid() != 0 and _number(CLONE) == 0:
        remedy = "sysctl -w kernel.unprivileged_userns_clone=1, or run the worker as root"
        return Layer("user namespaces", False, "not for ordinary users", remedy)
    if os.getuid() != 0 and _number(APPARMOR) == 1:
        remedy = (
            "Ubuntu restricts them by AppArmor: sysctl -w"
            " kernel.apparmor_restrict_unprivileged_userns=0, or give the interpreter a profile"
            " with 'userns,'"
        )
        return Layer("user namespaces", False, "restricted by AppArmor", remedy)
    return Layer("user namespaces", True, "allowed")


def _cgroup() -> Layer:
    try:
        groups = cgroups.make(1)
    except SandboxBroken as fault:
        return Layer("cgroup", False, str(fault), "Raise the limit of open files: ulimit -n 65536")
    groups.remove()
    if groups.version != "none":
        return Layer("cgroup", True, f"version {groups.version[1]}: memory and processes counted")
    return Layer("cgroup", False, groups.reason[:200], remedies.of("cgroup"))


def _ids() -> Layer:
    if os.getuid() == 0:
        return Layer("subordinate ids", True, "not needed by root")
    found = launch.grant()
    return Layer("subordinate ids", not found.why, found.why or "granted", found.remedy)


def _packages() -> Layer:
    names = packages.importable()
    ok = "torch" in names
    remedy = "" if ok else "Install torch into the worker's environment."
    return Layer("packages for students", ok, ", ".join(names), remedy)


def _lacking(names: tuple[str, ...]) -> list[Layer]:
    return [Layer(name, False, "does not stand in a child", remedies.of(name)) for name in names]


def _child(required: Required) -> list[Layer]:
    """The layers of a real child, with the canaries tried."""
    sandbox = Sandbox(SandboxConfig(slots=1, waiting=1, required=required))
    try:
        attested = sandbox.start()
    except SandboxRefused as refused:
        return [
            *_lacking(refused.lacking),
            Layer("jailed child", False, str(refused), remedies.of_child()),
        ]
    except SandboxBroken as broken:
        return [Layer("jailed child", False, str(broken), remedies.of_child())]
    finally:
        sandbox.close()
    found = [Layer(name, True, "stands in a real child") for name in attested.layers]
    found += _lacking(attested.missing)
    return [*found, Layer("canaries", True, "none got what it wanted")]


def report(required: Required = "floor") -> list[Layer]:
    """Every layer with its state, detail and remedy; starts a sandbox and takes some seconds."""
    return [_processor(), _seccomp(), _userns(), _cgroup(), _ids(), _packages(), *_child(required)]
