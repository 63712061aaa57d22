"""`xgrad demo` as a person runs it, on both databases, and stopped in the middle."""

import re
import signal
from typing import Any

import pytest

LAST = "demo: submissions=3 graded=3 expected=3 webhooks=3 lost=0"


@pytest.mark.timeout(300)
def test_everything_embedded_in_a_home_with_spaces(xgrad: Any) -> None:
    process = xgrad.start("demo")
    output, progress = process.communicate(timeout=240)
    assert process.returncode == 0, output + progress
    assert output.rstrip().splitlines()[-1] == LAST
    for seen in ("Mira Lindqvist", "exponent", "needs_review", "judge", "/submissions/"):
        assert seen in output
    assert re.search(r"4 / 4\s+correct", output)
    assert xgrad.wait_until_gone() == []
    assert list(xgrad.temp.iterdir()) == [], "the folder is removed when all went well"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("empty_database_url", ["postgres"], indirect=True)
def test_the_same_on_postgresql_and_a_broker_that_runs_already(
    xgrad: Any, empty_database_url: str, valkey_url: str
) -> None:
    xgrad.environment |= {"DATABASE_URL": empty_database_url, "BROKER_URL": valkey_url}
    for _ in range(2):
        process = xgrad.start("demo", "--keep")
        output, progress = process.communicate(timeout=240)
        assert process.returncode == 0, output + progress
        assert output.rstrip().splitlines()[-1] == LAST
    for folder in xgrad.temp.iterdir():
        names = {one.name for one in (folder / "log").iterdir()}
        assert "valkey.log" not in names, "no broker of its own was started"
        assert not (folder / "xgrad.db").exists()
    assert xgrad.wait_until_gone() == []


@pytest.mark.parametrize(
    ("number", "after", "code"),
    [
        (signal.SIGINT, "Starting", 130),
        (signal.SIGTERM, "Handing in", 143),
        (signal.SIGKILL, "Handing in", -9),
    ],
)
def test_stopped_in_the_middle_it_leaves_no_process_behind(
    xgrad: Any, number: int, after: str, code: int
) -> None:
    process = xgrad.start("demo")
    assert process.stderr is not None
    for line in process.stderr:
        if after in line:
            break
    process.send_signal(number)
    output, progress = process.communicate(timeout=60)
    assert process.returncode == code, output + progress
    assert "Traceback" not in progress
    assert xgrad.wait_until_gone() == []


def test_a_database_that_is_not_there_is_said_in_words(xgrad: Any) -> None:
    xgrad.environment["DATABASE_URL"] = "postgresql+psycopg://nobody:secret@127.0.0.1:9/none"
    process = xgrad.start("demo")
    output, progress = process.communicate(timeout=60)
    assert process.returncode == 3, output
    assert "migrate failed" in progress
    assert "secret" not in progress
    assert xgrad.wait_until_gone() == []
