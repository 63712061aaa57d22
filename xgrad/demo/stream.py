"""Live events, read as a program reads them."""

import json
from collections.abc import Iterator

import requests

from xgrad.faults import EXIT_FAILED, Fault

QUIET_S = 40


def states(session: requests.Session, url: str) -> Iterator[str]:
    """The states that the stream at `url` tells, until it ends with a final one.

    `url` redirects to the events process with a ticket. Raises Fault if the stream ends early.
    """
    final = False
    with session.get(url, stream=True, timeout=QUIET_S) as response:
        if response.status_code != requests.codes.ok:
            raise Fault(f"{response.url} answered {response.status_code}.", EXIT_FAILED)
        for line in response.iter_lines(chunk_size=1):
            if line.startswith(b"data:"):
                told = json.loads(line.removeprefix(b"data:"))
                final = bool(told["final"])
                yield str(told["state"])
    if not final:
        raise Fault(f"The live events of {url} ended before a final state.", EXIT_FAILED)
