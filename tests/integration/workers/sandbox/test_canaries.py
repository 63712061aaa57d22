"""Each canary sings when the layers that hold it are off, and whenever it was not tried."""

import pytest

from rubrics.job import Job, PlainValue, Run
from rubrics.outcome import Outcome
from workers.sandbox import Sandbox, SandboxConfig, canaries, cgroups
from workers.sandbox.launch import Order
from workers.sandbox.servers import Kind


class Open(Sandbox):
    """Without the layers named, and without a look at what is lacking: no setting makes one."""

    without: tuple[str, ...] = ()

    def _order(self, groups: cgroups.Groups, kind: Kind) -> Order:
        joins = {} if "cgroup" in self.without else groups.joins
        order = super()._order(groups, kind)
        return Order(**{**order.__dict__, "without": self.without, "groups": joins})

    def _lacking(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def canaries(self) -> None:
        """Not at the start: what they say is looked at below."""


def song(*without: str) -> list[str]:
    box = Open(SandboxConfig(slots=1, preload=()))
    box.without = without
    try:
        box.start()
        return canaries.sing(box.run)
    finally:
        box.close()


def test_none_sings_in_the_whole_jail():
    assert song() == []


@pytest.mark.parametrize(
    ("without", "meaning"),
    [
        (("root", "landlock"), "it can read a file of the machine"),
        (("network", "landlock", "seccomp"), "it can reach the network"),
        (("processes", "landlock", "seccomp"), "it can end other processes"),
        (("rlimits", "cgroup"), "it can make processes without bound"),
        (("seccomp",), "it can make a process where it may have one"),
        (("seccomp",), "it can run programs of its own"),
    ],
)
def test_a_canary_sings_when_its_layers_are_off(without, meaning):
    assert meaning in song(*without)


def test_a_program_executed_in_place_of_the_script_is_heard():
    heard = song("root", "landlock", "seccomp", "rlimits", "box")
    assert any(one.startswith("it can run programs of its own") for one in heard)


@pytest.mark.parametrize("ended", [Outcome.CRASHED, Outcome.OUT_OF_MEMORY, Outcome.TIMED_OUT])
def test_where_every_script_ends_badly_all_sing(ended):
    assert len(canaries.sing(lambda job: Run(ended=ended, explanation="Bad."))) == 6


def test_a_canary_that_reports_nothing_sings():
    def run(job: Job) -> Run:
        return Run(ended=None, values={"won": PlainValue(json_text='"false"')})

    assert len(canaries.sing(run)) == 6
