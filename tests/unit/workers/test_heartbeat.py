"""A consumer that stopped listening is noticed, a busy or idle one is left alone."""

from workers.heartbeat import STALLED_AFTER_S, Stall


def test_work_that_waits_beside_an_idle_worker_is_noticed_after_a_while() -> None:
    stall = Stall(backlog=lambda: 3, busy=lambda: 0)
    assert not stall.noticed(100.0)
    assert not stall.noticed(100.0 + STALLED_AFTER_S - 1)
    assert stall.noticed(100.0 + STALLED_AFTER_S)


def test_a_busy_worker_may_leave_work_waiting() -> None:
    stall = Stall(backlog=lambda: 3, busy=lambda: 2)
    assert not any(stall.noticed(float(now)) for now in range(0, 1000, 10))


def test_an_empty_queue_begins_the_wait_anew() -> None:
    lengths = iter([1, 0, 1, 1])
    stall = Stall(backlog=lambda: next(lengths), busy=lambda: 0)
    assert not stall.noticed(0.0)
    assert not stall.noticed(STALLED_AFTER_S)
    assert not stall.noticed(2 * STALLED_AFTER_S)
    assert stall.noticed(3 * STALLED_AFTER_S)
