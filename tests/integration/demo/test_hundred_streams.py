"""A hundred open live streams on the real processes, and pages that answer beside them."""

import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from xgrad.demo import answers
from xgrad.demo.browser import Browser
from xgrad.demo.cast import BY_HAND
from xgrad.demo.stream import states
from xgrad.embedded.ports import free_port

STREAMS = 100


def grading_worker(mark: str) -> int:
    """The pid of the run's grading worker."""
    for entry in Path("/proc").iterdir():
        try:
            ours = entry.name.isdigit() and mark.encode() in (entry / "environ").read_bytes()
            if ours and "--queues\0grading" in (entry / "cmdline").read_text():
                return int(entry.name)
        except OSError:
            continue
    raise AssertionError("no grading worker runs")


def page_times(browser: Browser, count: int) -> list[float]:
    times = []
    for _ in range(count):
        started = time.monotonic()
        assert browser.session.get(browser.base_url, timeout=30).status_code == 200
        times.append(time.monotonic() - started)
    return times


def test_a_hundred_streams_slow_no_page(xgrad: Any) -> None:
    port, events = free_port(), free_port()
    site = xgrad.start("run", "--port", str(port), "--events-port", str(events))
    assert any("Serving" in line for line in iter(site.stderr.readline, ""))
    worker = grading_worker(xgrad.mark)
    browser = Browser(f"http://127.0.0.1:{port}")
    browser.sign_in(BY_HAND.username, BY_HAND.password)
    before = page_times(browser, 20)
    subprocess.run(["kill", "-STOP", str(worker)], check=True)
    try:
        home = browser.session.get(browser.base_url, timeout=30).text
        path = "/assignments/" + home.split("/assignments/")[1].split('"')[0]
        page = browser.submit(path, "text.q1.tensor", answers.form(answers.PAPER))
        url = f"{browser.base_url}/api/v1/submissions/{page.url.rsplit('/', 1)[1]}/events"
        seen: list[list[str]] = []
        opened = threading.Semaphore(0)

        def listen() -> None:
            told: list[str] = []
            for state in states(browser.session, url):
                told.append(state)
                opened.release()
            seen.append(told)

        threads = [threading.Thread(target=listen) for _ in range(STREAMS)]
        for thread in threads:
            thread.start()
        for _ in threads:
            assert opened.acquire(timeout=60)
        beside = page_times(browser, 20)
    finally:
        subprocess.run(["kill", "-CONT", str(worker)], check=True)
    for thread in threads:
        thread.join(60)
    assert [told[-1] for told in seen] == ["needs_review"] * STREAMS
    assert {told[0] for told in seen} == {"queued"}
    assert min(beside) < 5 * min(before) + 0.2
    site.send_signal(signal.SIGINT)
    site.communicate(timeout=60)
    assert xgrad.wait_until_gone() == []
