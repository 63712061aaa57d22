"""Rounds of a job with calls: what broke off costs its group, and no more."""

from rubrics.grade import SandboxUse
from rubrics.job import Call, CallResult, Job, Run
from rubrics.outcome import Outcome
from workers.calls import PASSED_OVER, ROUNDS, UNTRIED, run_calls, told_of, use_of

USE = SandboxUse(wall_ms=10, cpu_ms=5, peak_mb=3)


def job(*names: str) -> Job:
    calls = tuple(Call(name=name, steps=(), ship={}, group=name[0]) for name in names)
    return Job(files={}, entry="a.py", collect=(), calls=calls)


LATE = CallResult(ended=Outcome.TIMED_OUT, explanation="late")


class Child:
    """Runs calls in order until one that kills it; counts its runs.

    As the harness does, it passes the rest of a group over behind a late call.
    """

    def __init__(
        self, *deadly: str, late: str = "", calling: bool = True, wall_ms: float = 10
    ) -> None:
        self.deadly, self.calling, self.asked = deadly, calling, list[tuple[str, ...]]()
        self.late = late.split()
        self.use = SandboxUse(wall_ms=wall_ms, cpu_ms=5, peak_mb=3)

    def run(self, asked: Job) -> Run:
        names = tuple(call.name for call in asked.calls)
        self.asked.append(names)
        end = next((at for at, name in enumerate(names) if name in self.deadly), None)
        done: dict[str, CallResult] = {}
        for name in names[:end] if self.calling else ():
            behind = any(one[0] == name[0] and result is LATE for one, result in done.items())
            done[name] = LATE if behind or name in self.late else CallResult(output="done")
        ended = None if end is None else Outcome.CRASHED
        return Run(ended=ended, explanation="died", calls=done, calling=self.calling, use=self.use)


def test_a_run_without_trouble_is_one_run() -> None:
    child = Child()
    found = run_calls(job("a1", "b1"), child.run)
    assert (len(child.asked), list(found.calls), found.ended) == (1, ["a1", "b1"], None)


def test_the_group_that_broke_off_is_set_down_and_the_others_are_tried_again() -> None:
    child = Child("b1")
    found = run_calls(job("a1", "b1", "b2", "c1"), child.run)
    assert child.asked == [("a1", "b1", "b2", "c1"), ("c1",)]
    ends = {name: one.ended for name, one in found.calls.items()}
    assert ends == {"a1": None, "b1": Outcome.CRASHED, "b2": Outcome.CRASHED, "c1": None}
    assert (found.use.wall_ms, found.use.peak_mb) == (20, 3)


def test_there_is_an_end_to_trying() -> None:
    names = [f"{letter}1" for letter in "abcdefghij"]
    child = Child(*names)
    found = run_calls(job(*names), child.run)
    assert len(child.asked) == ROUNDS
    assert set(found.calls) == set(names)
    assert all(one.ended == Outcome.CRASHED for one in found.calls.values())
    said = [found.calls[name].explanation for name in names]
    assert said == ["died"] * ROUNDS + [UNTRIED] * (10 - ROUNDS)


def test_many_functions_that_hang_do_not_hold_a_worker_for_long() -> None:
    names = [f"{letter}1" for letter in "abcdef"]
    child = Child(*names, wall_ms=11_000)
    found = run_calls(job(*names), child.run)
    assert len(child.asked) == 2, "a run may take 10 s"
    assert set(found.calls) == set(names)


def test_a_function_that_is_slow_once_waits_for_the_others_and_is_tried_again() -> None:
    child = Child(late="a2")
    found = run_calls(job("a1", "a2", "a3", "a4", "b1"), child.run)
    assert child.asked == [("a1", "a2", "a3", "a4", "b1"), ("a3", "a4")]
    ends = {name: one.ended for name, one in found.calls.items()}
    assert ends == dict.fromkeys(("a1", "a3", "a4", "b1")) | {"a2": Outcome.TIMED_OUT}


def test_a_function_that_is_slow_again_has_no_third_turn() -> None:
    child = Child(late="a1 a2 a3")
    found = run_calls(job("a1", "a2", "a3", "b1"), child.run)
    assert child.asked == [("a1", "a2", "a3", "b1"), ("a2", "a3")]
    said = [found.calls[name].explanation for name in ("a1", "a2", "a3")]
    assert said == ["late", "late", PASSED_OVER]
    assert found.calls["b1"].output == "done"


def test_functions_behind_a_slow_and_a_deadly_one_are_tried_before_them() -> None:
    child = Child("b1", late="a1")
    found = run_calls(job("a1", "b1", "a2", "b2", "c1"), child.run)
    assert child.asked == [("a1", "b1", "a2", "b2", "c1"), ("c1", "a2")]
    ends = {name: one.ended for name, one in found.calls.items()}
    crashed, late = Outcome.CRASHED, Outcome.TIMED_OUT
    assert ends == {"a1": late, "a2": None, "b1": crashed, "b2": crashed, "c1": None}


def test_no_second_turn_is_taken_when_the_time_is_over() -> None:
    child = Child(late="a1", wall_ms=21_000)
    found = run_calls(job("a1", "a2", "b1"), child.run)
    assert len(child.asked) == 1
    said = {name: one.explanation for name, one in found.calls.items()}
    assert said == {"a1": "late", "a2": PASSED_OVER, "b1": ""}


def test_a_file_that_never_came_to_its_calls_is_not_tried_again() -> None:
    child = Child("a1", calling=False)
    found = run_calls(job("a1", "b1"), child.run)
    assert (len(child.asked), found.calls, found.ended) == (1, {}, Outcome.CRASHED)


def test_one_that_ends_behind_its_last_call_keeps_all_results() -> None:
    def run(asked: Job) -> Run:
        done = {call.name: CallResult(output="done") for call in asked.calls}
        return Run(ended=Outcome.TIMED_OUT, calls=done, calling=True, use=USE)

    found = run_calls(job("a1", "b1"), run)
    assert {name: one.output for name, one in found.calls.items()} == {"a1": "done", "b1": "done"}
    assert (found.ended, found.use.wall_ms) == (Outcome.TIMED_OUT, 10)


def test_only_layers_that_stood_in_every_run_are_told() -> None:
    uses = [SandboxUse(layers=layers) for layers in ((), ("cgroup", "root"), ("root", "seccomp"))]
    assert use_of(Run(ended=None, use=use) for use in uses).layers == ("root",)
    assert use_of([]).layers == ()


def test_a_grade_tells_what_was_used_so_coarsely_that_no_hidden_number_shows() -> None:
    def told(used: float) -> tuple[float, float, float]:
        use = SandboxUse(wall_ms=used, cpu_ms=used, peak_mb=used)
        found = told_of([Run(ended=None, use=use)])
        return found.wall_ms, found.cpu_ms, found.peak_mb

    wanted = [0, 0.01, 9, 10, 10.5, 49, 51, 512, 3_600_000]
    assert [told(one)[0] for one in wanted] == [0, 10, 10, 10, 20, 50, 100, 1000, 5_000_000]
    assert len({told(one) for one in range(1, 10_001)}) == 10


def test_a_file_that_sleeps_each_time_it_is_begun_holds_its_slot_twice_its_limit() -> None:
    child = Child("a1", "b1", "c1", wall_ms=9_000)
    given: list[float] = []

    def run(asked: Job) -> Run:
        given.append(asked.limits.wall_s)
        return child.run(asked)

    run_calls(job("a1", "b1", "c1"), run)
    assert given == [10, 10, 2]
