"""The three submissions of the demo: by a page, by the API, and by an LMS's webhook."""

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import requests
from standardwebhooks.webhooks import Webhook

from xgrad.demo import answers
from xgrad.demo.browser import TIMEOUT_S, Browser
from xgrad.demo.cast import BY_HAND, BY_LMS, Player
from xgrad.demo.seed import PAPER, Furnished
from xgrad.demo.stream import states
from xgrad.faults import EXIT_FAILED, Fault


@dataclass
class Submitted:
    """One submission under way: whose, how, where, and what the live events told."""

    player: Player
    way: str
    id: str
    session: requests.Session
    states: list[str] = field(default_factory=list)


def by_page(base_url: str, furnished: Furnished) -> Submitted:
    """Mira signs in, fills in the form with what is on her paper, and sends it."""
    browser = Browser(base_url)
    browser.sign_in(BY_HAND.username, BY_HAND.password)
    page = browser.submit(
        f"/assignments/{furnished.assignment_id}", "text.q1.tensor", answers.form(answers.PAPER)
    )
    submission_id = page.url.rstrip("/").rsplit("/", 1)[-1]
    if page.status_code != requests.codes.ok or "/submissions/" not in page.url:
        raise Fault(f"The form of the paper was refused ({page.status_code}).", EXIT_FAILED)
    return Submitted(BY_HAND, "page", submission_id, browser.session)


def by_api(base_url: str, furnished: Furnished, player: Player) -> Submitted:
    """Tomás uploads a script with a bearer token, and the same again: it is one submission."""
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {furnished.token}"
    key = {"Idempotency-Key": str(uuid4())}
    url = f"{base_url}/api/v1/assignments/{furnished.assignment_id}/submissions"
    ids = set()
    for _ in range(2):
        texts = {"answers": json.dumps(answers.api(answers.SCRIPT))}
        files = {"q1": ("gradient.py", answers.GRADIENT_SCRIPT)}
        reply = session.post(url, data=texts, files=files, headers=key, timeout=TIMEOUT_S)
        if reply.status_code != requests.codes.accepted:
            raise Fault(f"The API refused the script: {reply.text}", EXIT_FAILED)
        ids.add(str(reply.json()["id"]))
    if len(ids) != 1:
        raise Fault("The same Idempotency-Key led to two submissions.", EXIT_FAILED)
    return Submitted(player, "API", ids.pop(), session)


def by_lms(base_url: str, furnished: Furnished) -> None:
    """The LMS sends Wanjiru's answers as a signed webhook, and again, as an LMS may."""
    event_id, now = f"msg_{uuid4().hex}", datetime.now(UTC)
    body = json.dumps(_lms_event(now))
    signature = Webhook(furnished.source_secret).sign(event_id, now, body)
    headers = {
        "content-type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
    for _ in range(2):
        url = f"{base_url}/lms/hooks/{furnished.source}"
        reply = requests.post(url, data=body, headers=headers, timeout=TIMEOUT_S)
        if reply.status_code != requests.codes.accepted:
            raise Fault(f"The webhook of the LMS was refused: {reply.text}", EXIT_FAILED)


def found(base_url: str, submission_id: str) -> Submitted:
    """Wanjiru signs in to look at what the LMS sent for her."""
    browser = Browser(base_url)
    browser.sign_in(BY_LMS.username, BY_LMS.password)
    return Submitted(BY_LMS, "LMS webhook", submission_id, browser.session)


class Listener(threading.Thread):
    """Listens to the live events of a submission from now on, and keeps its states."""

    def __init__(self, base_url: str, submitted: Submitted) -> None:
        # A daemon, so that stopping the demo need not wait for a stream to end.
        super().__init__(daemon=True)
        self.submitted = submitted
        self.fault: Fault | None = None
        self._url = f"{base_url}/api/v1/submissions/{submitted.id}/events"
        self.start()

    def run(self) -> None:
        """Read until a final state."""
        try:
            self.submitted.states.extend(states(self.submitted.session, self._url))
        except (Fault, requests.RequestException) as error:
            self.fault = error if isinstance(error, Fault) else Fault(f"Live events: {error}")


def _lms_event(now: datetime) -> dict[str, Any]:
    return {
        "type": "submission.created",
        "timestamp": now.isoformat(),
        "data": {
            "user": {"id": BY_LMS.lms_id, "name": BY_LMS.name},
            "assignment": PAPER,
            **answers.api(answers.NEARLY),
        },
    }
