"""Each way a script can end, and the sentence a student reads."""

import pytest

from rubrics.job import Job
from rubrics.outcome import Outcome
from workers.sandbox import Sandbox


def test_a_script_that_ends_gives_its_values(run):
    done = run("x = 3\nprint('seen')", "x")
    assert done.ended is None
    assert done.values["x"].json_text == "3"
    assert done.output == "seen\n"
    assert done.error is None


def test_a_syntax_error_is_malformed_with_its_line(run):
    done = run("x = 1\ny = (2,\n")
    assert done.ended is Outcome.MALFORMED
    assert done.error.line == 2
    assert "line 2" in done.explanation


def test_a_syntax_error_inside_running_code_is_a_crash(run):
    assert run("eval('1 +')").ended is Outcome.CRASHED


def test_bytes_that_are_no_python_are_malformed(run):
    assert run(b"\x00\x01\x02\xff\xfe").ended is Outcome.MALFORMED


def test_an_empty_file_runs_and_leaves_nothing(run):
    done = run("", "x")
    assert done.ended is None
    assert done.values["x"].reason == "undefined"


def test_an_exception_is_a_crash_with_type_message_and_line(run):
    done = run("def f(n):\n    return 1 / n\n\nf(0)\n")
    assert done.ended is Outcome.CRASHED
    assert (done.error.type, done.error.message) == ("ZeroDivisionError", "division by zero")
    assert (done.error.file, done.error.line) == ("answer.py", 2)
    assert done.explanation == "It stopped with ZeroDivisionError in line 2."


def test_a_module_that_is_not_there_is_named_with_those_that_are(run):
    done = run("import flask")
    assert done.ended is Outcome.CRASHED
    assert done.explanation.startswith("flask is not available here; available are: the standard")
    assert "torch" in done.explanation


@pytest.mark.parametrize("package", ["rubrics", "grader", "pydantic", "yaml", "celery"])
def test_nothing_of_the_service_can_be_imported(run, package):
    done = run(f"import {package}")
    assert done.ended is Outcome.CRASHED
    assert done.error.type == "ModuleNotFoundError"


def test_an_endless_loop_ends_at_the_wall(run):
    done = run("import time\ntime.sleep(60)", wall_s=0.5)
    assert done.ended is Outcome.TIMED_OUT
    assert "after 0.5 s, the limit" in done.explanation
    assert 500 <= done.use.wall_ms < 60_000


def test_a_busy_loop_ends_at_the_processor_time(run):
    done = run("while True: pass", wall_s=20, cpu_s=0.5)
    assert done.ended is Outcome.TIMED_OUT
    assert "processor time, the limit is 0.5 s" in done.explanation
    assert 450 <= done.use.cpu_ms < 3000


def test_memory_filled_bit_by_bit_is_out_of_memory(run):
    done = run("kept = []\nwhile True: kept.append(bytearray(b'x' * 1000000))", memory_mb=64)
    assert done.ended is Outcome.OUT_OF_MEMORY
    assert "MB, the limit is 64 MB" in done.explanation


def test_memory_asked_for_at_once_is_out_of_memory(run):
    done = run("import torch\nx = torch.empty(10**12)", memory_mb=256)
    assert done.ended is Outcome.OUT_OF_MEMORY
    assert done.explanation == "It asked for 4,000,000 MB at once in line 2, the limit is 256 MB."


def test_a_flood_of_output_is_stopped(run):
    done = run("while True: print('x' * 1000)", output_kb=8)
    assert done.ended is Outcome.OUTPUT_LIMIT
    assert done.explanation == "It printed more than 8 kB, the limit. Print less."
    assert len(done.output) <= 8 * 1024


def test_a_flood_without_newlines_is_stopped(run):
    script = "import sys\nwhile True: sys.stdout.write('x' * 100000)"
    assert run(script, output_kb=8).ended is Outcome.OUTPUT_LIMIT


def test_output_within_the_limit_is_kept_whole(run):
    done = run("print('x' * 8000)", output_kb=8)
    assert done.ended is None
    assert len(done.output) == 8001


def test_values_beyond_the_limit_are_named_too_large(run):
    done = run("import torch\nx = torch.zeros(1000000)", "x", values_mb=1)
    assert done.ended is None
    assert done.values["x"].reason == "too_large"


def test_a_big_file_is_refused_with_the_room_there_is(run):
    done = run("open('big', 'wb').write(b'x' * 3000000)", box_mb=1)
    assert done.ended is Outcome.OUTPUT_LIMIT
    assert done.explanation == (
        "It wrote more than the 1 MB it may write in line 1: write less, or delete what it is done"
        " with."
    )


@pytest.mark.parametrize("make", ["open(f'f{i}', 'w').close()", "os.mkdir(f'f{i}')"])
def test_many_files_are_refused(run, make):
    done = run(f"import os\nfor i in range(1000): {make}", box_files=20)
    assert done.ended is Outcome.FILE_LIMIT
    assert done.explanation == (
        "It made more than the 20 files it may have in line 2: make fewer, or delete those it is"
        " done with."
    )


def test_files_that_are_deleted_again_are_no_longer_counted(run):
    done = run(
        "import os\nfor i in range(90):\n    open('f', 'w').close()\n    os.remove('f')",
        box_files=20,
    )
    assert done.ended is None, done.explanation


def test_threads_beyond_the_limit_are_refused_with_the_number(run):
    script = (
        "import threading, time\n"
        "for i in range(50): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()"
    )
    done = run(script, threads=4)
    assert done.ended is Outcome.THREAD_LIMIT
    assert done.explanation == (
        "It may have 4 threads at once, and tried to start more in line 2:"
        " start fewer, or wait for some to end."
    )


def test_threads_within_the_limit_are_had(run):
    script = (
        "import threading, time\nfor i in range({}): threading.Thread(target=time.sleep, args=(9,),"
        " daemon=True).start()\nx = threading.active_count()"
    )
    assert run(script.format(3), "x", threads=4).values["x"].json_text == "4"
    assert run(script.format(4), "x", threads=4).ended is Outcome.THREAD_LIMIT
    alone = run(script.format(1), "x", threads=1)
    assert alone.explanation.startswith("It may have 1 thread, and may start no other")


def test_threads_of_a_library_beyond_the_limit_are_told_like_any(run):
    script = (
        "import torch\ntorch.set_num_threads(32)\ntorch.ones(2000, 2000) @ torch.ones(2000, 2000)"
    )
    done = run(script, threads=4, memory_mb=1024)
    assert done.ended is Outcome.THREAD_LIMIT
    assert done.explanation == (
        "It may have 4 threads at once, and tried to start more:"
        " start fewer, or wait for some to end."
    )


STARTS = {
    "os.fork": "import os\nos.fork()",
    "subprocess": "import subprocess\nsubprocess.run(['/bin/true'])",
    "posix_spawn": "import os\nos.posix_spawn('/bin/true', ['true'], {})",
    "Process": "import multiprocessing\nmultiprocessing.Process(target=print).start()",
    "Pool": "import multiprocessing\nmultiprocessing.Pool(2)",
    "DataLoader": "import torch\nnext(iter(torch.utils.data.DataLoader([1, 2], num_workers=1)))",
}


@pytest.mark.parametrize("by", STARTS)
def test_a_second_process_is_refused_where_it_may_have_one(run, by):
    done = run(STARTS[by], memory_mb=1024)
    assert done.ended is Outcome.PROCESS_LIMIT
    assert done.explanation == (
        "It may have 1 process, and may start no other, but tried to in line 2:"
        " do the work in the script itself (a DataLoader does with num_workers=0)."
    )


def test_a_refused_process_that_is_caught_lets_the_script_go_on(run):
    script = "import os\ntry:\n    os.fork()\nexcept BlockingIOError:\n    x = 1"
    assert run(script, "x").values["x"].json_text == "1"


FORKS = """
import os, time
for _ in range({others}):
    if os.fork() == 0:
        {child}
{then}
x = 1
"""


def test_several_processes_run_where_it_may_have_them(run):
    script = FORKS.format(others=3, child="time.sleep(0.2); os._exit(0)", then="os.wait()")
    done = run(script, "x", processes=4)
    assert done.ended is None, (done.explanation, done.error)


def test_processes_that_ended_are_no_longer_counted(run):
    script = FORKS.format(others=6, child="os._exit(0)", then="time.sleep(0.3)")
    done = run(script, "x", processes=2)
    assert done.ended is None, (done.explanation, done.error)


@pytest.mark.parametrize("then", ["time.sleep(60)", "while True: pass", "while True: print()"])
def test_processes_beyond_the_limit_end_the_run(run, then):
    script = FORKS.format(others=4, child="time.sleep(60)", then=then)
    done = run(script, "x", processes=3, wall_s=20, cpu_s=20, output_kb=16384)
    assert done.ended is Outcome.PROCESS_LIMIT
    assert done.explanation in [
        f"It had {had} processes at once, the limit is 3: start fewer, or wait for some to end."
        for had in (4, 5)
    ]
    assert done.use.wall_ms < 10_000


def test_processes_beyond_what_the_kernel_lets_it_have_are_told_alike(run):
    script = FORKS.format(others=9, child="time.sleep(60)", then="")
    done = run(script, processes=3, threads=1)
    assert done.ended is Outcome.PROCESS_LIMIT
    assert done.explanation == (
        "It may have 3 processes at once, and tried to start more in line 4:"
        " start fewer, or wait for some to end."
    )


def test_open_files_beyond_the_limit_are_refused_with_the_number(run):
    script = "kept = [open(f'f{at}', 'w') for at in range(40)]\nx = len(kept)"
    done = run(script, "x", open_files=32)
    assert done.ended is Outcome.FILE_LIMIT
    assert done.explanation == (
        "It may have 32 files open at once in line 1: close those it is done with."
    )
    assert run(script, "x", open_files=128).values["x"].json_text == "40"


@pytest.mark.parametrize(
    "script",
    ["import socket\nsocket.socket()", "import os\nos.execv('/bin/true', ['true'])"],
)
def test_what_is_refused_is_forbidden_with_its_line(run, script):
    done = run(script)
    assert done.ended is Outcome.FORBIDDEN
    assert done.explanation == "It tried something that is not allowed here in line 2."


def test_pages_that_no_memory_limit_counts_are_refused(run):
    huge = "import mmap\nmmap.mmap(-1, 2 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS"
    assert run(f"{huge} | 0x40000)").ended is Outcome.FORBIDDEN
    assert run(f"{huge})").ended is None


def test_a_system_call_no_answer_needs_is_forbidden(run):
    done = run("import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)")
    assert done.ended is Outcome.FORBIDDEN
    assert "operating system" in done.explanation


@pytest.mark.parametrize("script", ["import os\nos._exit(0)", "import os\nos._exit(3)"])
def test_leaving_without_a_report_is_a_crash(run, script):
    done = run("x = 1\n" + script, "x")
    assert done.ended is Outcome.CRASHED
    assert "before its values could be read" in done.explanation


def test_a_segmentation_fault_is_a_crash(run):
    done = run("import ctypes\nctypes.string_at(0)")
    assert done.ended is Outcome.CRASHED
    assert "segmentation fault" in done.explanation


def test_sys_exit_zero_is_an_ordinary_end(run):
    done = run("import sys\nx = 2\nsys.exit(0)", "x")
    assert done.ended is None
    assert done.values["x"].json_text == "2"


def test_sys_exit_with_a_code_is_a_crash(run):
    assert run("import sys\nsys.exit(2)").ended is Outcome.CRASHED


def test_closing_the_channel_is_forbidden(run):
    done = run("import os, time\nos.close(4)\ntime.sleep(30)", wall_s=5)
    assert done.ended is Outcome.FORBIDDEN


def test_a_name_that_is_no_file_name_is_malformed(sandbox: Sandbox):
    for name in ("../x.py", "a b.py", "/etc/x.py", ".hidden.py", "x\n.py", ""):
        done = sandbox.run(Job(files={name: b"x = 1"}, entry=name, collect=()))
        assert done.ended is Outcome.MALFORMED
        assert "file name" in done.explanation


def test_files_larger_than_the_box_are_malformed(sandbox: Sandbox):
    done = sandbox.run(Job(files={"a.py": b"#" * (20 << 20)}, entry="a.py", collect=()))
    assert done.ended is Outcome.MALFORMED
    assert "16 MB" in done.explanation


def test_a_script_may_import_its_own_neighbour(sandbox: Sandbox):
    files = {"a.py": b"from helper import x", "helper.py": b"x = 5"}
    done = sandbox.run(Job(files=files, entry="a.py", collect=("x",)))
    assert done.values["x"].json_text == "5"


def test_a_neighbour_that_cannot_be_read_is_malformed_too(sandbox: Sandbox):
    files = {"a.py": b"from helper import x", "helper.py": b"x = 5\n\ndef f()\n    pass"}
    done = sandbox.run(Job(files=files, entry="a.py", collect=("x",)))
    assert done.ended is Outcome.MALFORMED
    assert done.explanation == "Python cannot read helper.py: expected ':' in line 3."


def test_what_goes_wrong_in_a_neighbour_is_told_there(sandbox: Sandbox):
    for helper, line in (("x = 5\n\ndef f()\n    pass", 3), ("\nx = 1 / 0", 2)):
        files = {"a.py": b"from helper import x", "helper.py": helper.encode()}
        error = sandbox.run(Job(files=files, entry="a.py", collect=("x",))).error
        assert error is not None
        assert (error.file, error.line) == ("helper.py", line)


def test_the_layers_and_the_use_come_with_the_run(run):
    done = run("x = b'x' * 100_000_000", memory_mb=256)
    assert {"seccomp", "not-root", "net-namespace", "mnt-namespace"} <= set(done.use.layers)
    assert 90 < done.use.peak_mb < 120
    assert done.use.cpu_ms > 0
