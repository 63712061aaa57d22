"""The doctor names what does not stand, and the commands that mend it on that kind of machine."""

import dataclasses
import platform

import pytest

from workers.sandbox import Sandbox, cgroups, doctor
from workers.sandbox.launch import Order
from workers.sandbox.servers import Kind

WSL_1, WSL_2 = "4.4.0-19041-Microsoft", "5.15.153.1-microsoft-standard-WSL2"


class Bare(Sandbox):
    """Without Landlock, and with nothing imported."""

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        order = super()._order(groups, kind)
        return dataclasses.replace(order, preload=(), without=("landlock",))


def layers(monkeypatch: pytest.MonkeyPatch, required: str) -> dict[str, doctor.Layer]:
    monkeypatch.setattr(doctor, "Sandbox", Bare)
    return {one.name: one for one in doctor.report(required)}


def test_a_layer_that_the_floor_may_lack_is_named_and_work_is_taken(monkeypatch):
    found = layers(monkeypatch, "floor")
    assert found["canaries"].ok
    assert not found["landlock"].ok
    assert "lsm=landlock" in found["landlock"].remedy
    assert "WSL" not in found["landlock"].remedy
    assert found["seccomp"].ok


def test_at_the_full_level_the_same_layer_keeps_work_out(monkeypatch):
    found = layers(monkeypatch, "full")
    assert "canaries" not in found
    assert not found["landlock"].ok
    assert "The jail lacks: landlock" in found["jailed child"].detail


@pytest.mark.parametrize("layer", ["cgroup", "landlock"])
def test_under_wsl_2_the_remedy_is_one_for_windows(monkeypatch, layer):
    monkeypatch.setattr(platform, "release", lambda: WSL_2)
    assert "wsl --shutdown" in doctor.remedies.of(layer)
    assert doctor._processor().ok
    assert "WSL 2" in doctor._processor().detail


def test_under_wsl_1_the_way_to_wsl_2_is_told(monkeypatch):
    monkeypatch.setattr(platform, "release", lambda: WSL_1)
    found = doctor._processor()
    assert not found.ok
    assert "--set-version" in found.remedy


def test_what_a_machine_forbids_is_told_with_its_command(monkeypatch, tmp_path):
    limit = tmp_path / "max_user_namespaces"
    limit.write_text("0\n")
    monkeypatch.setattr(doctor, "LIMIT", limit)
    found = doctor._userns()
    assert (found.ok, found.remedy) == (False, "sysctl -w user.max_user_namespaces=10000")
