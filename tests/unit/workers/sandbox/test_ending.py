"""From what was seen of a run to its outcome and sentence."""

import signal

import pytest

from rubrics.job import Job, Limits
from rubrics.outcome import Outcome
from workers import frames
from workers.sandbox import config, ending
from workers.sandbox.report import clean
from workers.sandbox.watch import Watched

LIMITS = Limits(wall_s=10, cpu_s=5, memory_mb=256, output_kb=64, box_mb=16)
STARTED = ("J", b'{"started":true}')


def death(number: int = 0, status: int = 0, oom: bool = False) -> ending.Death:
    return ending.Death(number, status, oom)


@pytest.mark.parametrize(
    ("stop", "outcome", "says"),
    [
        ("wall", Outcome.TIMED_OUT, "after 10 s, the limit"),
        ("cpu", Outcome.TIMED_OUT, "used 7 s of processor time, the limit is 5 s"),
        ("output", Outcome.OUTPUT_LIMIT, "more than 64 kB"),
        (
            "processes",
            Outcome.PROCESS_LIMIT,
            "had 5 processes at once, the limit is 1: start fewer",
        ),
        ("values", Outcome.OUTPUT_LIMIT, "larger than 16 MB"),
        ("protocol", Outcome.FORBIDDEN, "channel"),
    ],
)
def test_each_limit_has_its_outcome_and_sentence(stop, outcome, says):
    found = ending.at_limit(Watched(stop=stop, cpu_ms=7000, processes=5), LIMITS)
    assert found[0] is outcome
    assert says in found[1]


@pytest.mark.parametrize(
    ("how", "outcome", "says"),
    [
        (death(9, oom=True), Outcome.OUT_OF_MEMORY, "used 512 MB, the limit is 256 MB"),
        (death(signal.SIGSYS), Outcome.FORBIDDEN, "operating system"),
        (death(signal.SIGSEGV), Outcome.CRASHED, "segmentation fault"),
        (death(35), Outcome.CRASHED, "signal 35"),
        (death(status=0), Outcome.CRASHED, "os._exit"),
        (death(status=72), Outcome.CRASHED, "os._exit"),
    ],
)
def test_each_death_has_its_outcome_and_sentence(how, outcome, says):
    found = ending.of_death(Watched(peak_mb=512, parts=[STARTED]), how, LIMITS)
    assert found[0] is outcome
    assert says in found[1]


def test_a_kill_at_the_processor_limit_is_timed_out():
    found = ending.of_death(Watched(cpu_ms=5000, parts=[STARTED]), death(9), LIMITS)
    assert found[0] is Outcome.TIMED_OUT


@pytest.mark.parametrize(("how", "parts"), [(death(9), [STARTED]), (death(status=71), [])])
def test_what_no_script_can_do_is_our_fault(how, parts):
    with pytest.raises(config.SandboxBroken):
        ending.of_death(Watched(parts=parts), how, LIMITS)


def conclude(error: dict[str, object], started: bool = True, forbidden: tuple[str, ...] = ()):
    record = {"type": "E", "message": "", "file": None, "line": None, "module": None, "errno": None}
    told = frames.pack_json({"error": record | error, "values": {}})[frames.HEADER.size :]
    tensors = frames.pack_tensors({})[frames.HEADER.size :]
    parts = [STARTED] * started + [("J", told), ("T", tensors)]
    job = Job(files={}, entry="a.py", collect=(), limits=LIMITS, forbidden=forbidden)
    return ending.conclude(
        Watched(stop="reported", parts=parts), None, job, use=ending.SandboxUse()
    )


def test_a_syntax_error_costs_no_attempt_only_if_nothing_had_run():
    record = {"type": "SyntaxError", "message": "bad", "file": "a.py", "line": 3}
    assert conclude(record, started=False).ended is Outcome.MALFORMED
    assert conclude(record).ended is Outcome.CRASHED


@pytest.mark.parametrize(
    ("error", "outcome", "says"),
    [
        ({"type": "MemoryError"}, Outcome.OUT_OF_MEMORY, "ran out of memory, the limit is 256 MB"),
        (
            {"type": "RuntimeError", "message": "can't allocate memory: 4000000000 bytes"},
            Outcome.OUT_OF_MEMORY,
            "It asked for 4,000 MB at once",
        ),
        (
            {"type": "MemoryError", "message": "asked for \u00b2\u00b2 or \u0be7\u0be8 bytes"},
            Outcome.OUT_OF_MEMORY,
            "It ran out of memory",
        ),
        ({"type": "OSError", "errno": 28}, Outcome.OUTPUT_LIMIT, "more than the 16 MB it may"),
        ({"type": "OSError", "errno": 27}, Outcome.OUTPUT_LIMIT, "more than the 16 MB it may"),
        ({"type": "OSError", "errno": 122}, Outcome.FILE_LIMIT, "more than the 256 files it may"),
        ({"type": "OSError", "errno": 24, "line": 3}, Outcome.FILE_LIMIT, "64 files open at once"),
        ({"type": "PermissionError", "errno": 1, "line": 4}, Outcome.FORBIDDEN, "here in line 4"),
        ({"type": "E", "module": "keras"}, Outcome.CRASHED, "keras is not available here"),
        (
            {
                "type": "BlockingIOError",
                "errno": 11,
                "message": "[Errno 11] Resource temporarily unavailable",
            },
            Outcome.PROCESS_LIMIT,
            "It may have 1 process, ",
        ),
        (
            {"type": "RuntimeError", "message": "can't start new thread"},
            Outcome.THREAD_LIMIT,
            "It may have 16 threads at once, and tried to start more",
        ),
        ({"type": "RuntimeError", "message": "thread"}, Outcome.CRASHED, "with RuntimeError"),
        ({"type": "KeyError", "line": 2}, Outcome.CRASHED, "It stopped with KeyError in line 2."),
    ],
)  # fmt: skip
def test_each_exception_has_its_outcome_and_sentence(error, outcome, says):
    run = conclude(error)
    assert run.ended is outcome
    assert says in run.explanation


@pytest.mark.parametrize(
    ("forbidden", "says"),
    [
        ((), "are: the standard library, torch, numpy, sympy."),
        (("torch.sort", "numel"), "are: the standard library, torch, numpy, sympy."),
        (("torch", "sympy", "loop"), "are: the standard library, numpy."),
        (("torch", "numpy", "sympy"), "available is the standard library alone."),
        (("import",), "this question asks for code without imports."),
    ],
)
def test_what_the_question_forbids_is_not_offered(forbidden, says):
    run = conclude({"type": "E", "module": "keras"}, forbidden=forbidden)
    assert run.explanation.endswith(says)


@pytest.mark.parametrize("line", [0, -3, 10**9])
def test_a_line_that_cannot_be_is_dropped(line):
    assert conclude({"line": line}).error.line is None


def test_text_is_cleaned_and_cut():
    assert clean("a\x00b\x1b[1m\u202ec\n\td\u200b\ufeff") == "ab[1mc\n\td"
    assert len(clean("x" * 100, 10)) == 10


@pytest.mark.parametrize("layer", sorted(config.FLOOR))
def test_every_layer_of_the_floor_is_missed(layer):
    assert config.missing(config.FULL - {layer}, "floor") == (layer,)


def test_a_mount_namespace_root_or_landlock_will_do_but_not_neither():
    assert config.missing(config.FULL - {"root"}, "floor") == ()
    assert config.missing(config.FULL - {"landlock"}, "floor") == ()
    assert config.missing(config.FULL - {"root", "landlock"}, "floor") == ("root or landlock",)
    assert config.missing(config.FULL - {"cgroup"}, "full") == ("cgroup",)
