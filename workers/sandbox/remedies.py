"""What an operator does about a layer that does not stand, in commands, by the kind of machine."""

import platform
from pathlib import Path

CGROUP = (
    "Run as root with a writable /sys/fs/cgroup, or under systemd with Delegate=yes."
    " Without it memory is bounded by address space only, which the floor allows."
)
LANDLOCK = "Boot a kernel of 5.13 or later with lsm=landlock,… among its parameters."
SLOT_UID = (
    "See the line on subordinate ids. Without them all children share the worker's id, which the"
    " floor allows."
)
WSL_1 = "In PowerShell: wsl --set-version DISTRIBUTION 2 (wsl -l -v names yours)."
WSL_2 = {
    "cgroup": (
        " Under WSL 2: write systemd=true below [boot] in /etc/wsl.conf, then in PowerShell:"
        " wsl --shutdown."
    ),
    "landlock": (
        " Under WSL 2: in PowerShell wsl --update; then write kernelCommandLine = lsm=landlock"
        " below [wsl2] in .wslconfig, and wsl --shutdown."
    ),
}
CONTAINER = (
    "In a container: start it with --cap-add SYS_ADMIN --cap-add SYS_PTRACE"
    " --security-opt apparmor=unconfined --security-opt seccomp=unconfined"
    " (the jail brings a stricter filter of its own)."
)


def wsl() -> int:
    """Which Windows Subsystem for Linux this is: 1, 2, or 0 for none."""
    release = platform.release().lower()
    if "microsoft" not in release:
        return 0
    return 2 if "microsoft-standard" in release or "wsl2" in release else 1


def of(layer: str) -> str:
    """For a layer that does not stand in a child."""
    known = {"cgroup": CGROUP, "landlock": LANDLOCK, "slot-uid": SLOT_UID}
    remedy = known.get(layer) or of_child()
    return remedy + (WSL_2.get(layer, "") if wsl() == 2 else "")


def of_child() -> str:
    """For a child that could not be made."""
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return CONTAINER
    return "See the line above that is not well, mend it, and run this again."
