"""When a delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from grader.outbound.retries import DELAYS, next_try, retry_after

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_the_table_is_that_of_standard_webhooks() -> None:
    seconds = [delay.total_seconds() for delay in DELAYS]
    assert seconds == [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]


@pytest.mark.parametrize(("tries", "seconds"), [(1, 5), (2, 300), (9, 86400)])
def test_the_middle_of_the_spread_is_the_table(tries: int, seconds: int) -> None:
    assert next_try(tries, NOW) == NOW + timedelta(seconds=seconds)


def test_jitter_stays_within_a_fifth() -> None:
    assert next_try(2, NOW, chance=0.0) == NOW + timedelta(seconds=240)
    assert next_try(2, NOW, chance=1.0) == NOW + timedelta(seconds=360)


def test_after_the_last_try_there_is_none() -> None:
    assert next_try(len(DELAYS), NOW) is None


@pytest.mark.parametrize(
    ("wish_s", "wait_s"), [(1, 5), (60, 60), (10**7, 86400)], ids=["shorter", "longer", "absurd"]
)
def test_a_receivers_wish_lengthens_the_wait_by_a_day_at_most(wish_s: int, wait_s: int) -> None:
    assert next_try(1, NOW, timedelta(seconds=wish_s)) == NOW + timedelta(seconds=wait_s)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("9" * 30, 999_999_999),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(header: str, seconds: int) -> None:
    assert retry_after(header, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("header", [None, "", "soon", "-5", "1.5", "٣"])
def test_retry_after_that_says_nothing(header: str | None) -> None:
    assert retry_after(header, NOW) is None
