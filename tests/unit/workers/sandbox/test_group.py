"""Groups of cgroup v2, on files that stand for the kernel's: each kind of `memory.peak`."""

from pathlib import Path

import pytest

from workers.sandbox.group import MB, WAITING_MB, GroupV2

READ_ONLY = Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")  # not even root may write it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "memory.current": f"{10 * MB}\n",
        "memory.max": "max\n",
        "memory.swap.max": "max\n",
        "memory.events": "low 0\nhigh 0\nmax 7\noom 3\noom_kill 2\noom_group_kill 0\n",
        "pids.max": "max\n",
        "cgroup.procs": "12\n",
        "cpu.stat": "usage_usec 5000000\nuser_usec 3000000\nsystem_usec 2000000\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def armed(folder: Path) -> GroupV2:
    group = GroupV2(folder)
    group.arm(64, 9)
    return group


def test_limits_are_counted_from_what_is_there(folder):
    armed(folder)
    assert int((folder / "memory.max").read_text()) == 74 * MB
    assert (folder / "pids.max").read_text().startswith("9")
    assert (folder / "memory.swap.max").read_text() == "0"


def test_what_a_predecessor_left_widens_no_limit(folder):
    (folder / "memory.current").write_text(f"{900 * MB}\n")
    armed(folder)
    assert int((folder / "memory.max").read_text()) == (64 + WAITING_MB) * MB


def test_files_of_the_assignment_are_no_part_of_the_limit_and_what_was_lifted_is_set(folder):
    (folder / "memory.current").write_text(f"{900 * MB}\n")
    (folder / "memory.reclaim").write_text("")
    group = GroupV2(folder)
    group.empty()
    assert (folder / "memory.max").read_text().startswith("max")
    group.arm(64, 9, 40)
    assert int((folder / "memory.max").read_text()) == (64 + WAITING_MB + 40) * MB


def test_a_peak_that_can_be_reset_is_that_of_the_run(folder):
    (folder / "memory.peak").write_text(f"{500 * MB}\n")
    group = armed(folder)
    assert (folder / "memory.peak").read_text().startswith("reset")
    (folder / "memory.peak").write_text(f"{30 * MB}\n")
    assert group.tells_peak
    assert group.peak_mb() == 20


def test_a_peak_of_the_groups_whole_life_is_not_taken_for_a_runs(folder):
    (folder / "memory.peak").symlink_to(READ_ONLY)
    assert not armed(folder).tells_peak


def test_a_kernel_without_a_peak_is_not_asked_for_one(folder):
    assert not armed(folder).tells_peak


def test_only_those_ended_since_the_job_arrived_count(folder):
    group = armed(folder)
    assert not group.out_of_memory()
    (folder / "memory.events").write_text("low 0\noom_kill 3\n")
    assert group.out_of_memory()


def test_processor_time_is_counted_since_the_job_arrived(folder):
    group = armed(folder)
    (folder / "cpu.stat").write_text("usage_usec 7500000\n")
    assert group.cpu_s() == 2.5


def test_processes_are_counted_anew_each_time_and_once_each(folder):
    group = armed(folder)
    assert group.processes() == 1
    (folder / "cgroup.procs").write_text("12\n15\n12\n")
    assert group.processes() == 2


def test_room_is_asked_back_only_where_much_is_left(folder):
    reclaim = folder / "memory.reclaim"
    reclaim.write_text("")
    group = armed(folder)
    (folder / "memory.current").write_text(f"{MB}\n")
    group.empty()
    assert reclaim.read_text() == ""
    (folder / "memory.current").write_text(f"{80 * MB}\n")
    group.empty()
    assert reclaim.read_text() == str(80 * MB)
