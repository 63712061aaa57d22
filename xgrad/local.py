"""The whole service on this machine: its ports, its folder, its environment, and its start."""

import http.client
import os
import secrets
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.store import folders
from xgrad import services
from xgrad.embedded import valkey
from xgrad.embedded.ports import LOOPBACK, free_port
from xgrad.processes import Processes

PRODUCTION = "production"
PORT, EVENTS_PORT = 8000, 8001
ADDRESS = "address"


@dataclass(frozen=True)
class Site:
    """One installation; `broker_port` is None when BROKER_URL names a broker that runs already."""

    folder: Path
    port: int
    events_port: int
    broker_port: int | None
    environment: Mapping[str, str]

    @property
    def base_url(self) -> str:
        """Where the portal is."""
        return self.environment["XGRAD_BASE_URL"]

    @property
    def logs(self) -> Path:
        """Where every process writes its log."""
        return self.folder / "log"


def plan(folder: Path, port: int, events_port: int, outer: Mapping[str, str]) -> Site:
    """A site in `folder` on these ports. What `outer` (an environment) sets is kept.

    Only a database and a broker that are not named there are embedded ones.
    """
    folder = folder.resolve()
    folders.make(folder)
    folders.withhold(folder)
    broker_port = None if outer.get("BROKER_URL") else free_port()
    ours = {
        "XGRAD_MODE": "demo",
        "DATABASE_URL": f"sqlite:///{folder / 'xgrad.db'}",
        "BROKER_URL": f"redis://{LOOPBACK}:{broker_port}/0",
        "XGRAD_ARTEFACTS_URL": f"file://{folder / 'artefacts'}",
        "XGRAD_CACHE_DIR": str(folder / "cache"),
        "XGRAD_BASE_URL": f"http://{LOOPBACK}:{port}",
        "XGRAD_EVENTS_URL": f"http://{LOOPBACK}:{events_port}",
    }
    given = {name: value for name, value in outer.items() if value}
    environment = ours | given | _addresses(port, events_port)
    if environment["XGRAD_MODE"] != PRODUCTION:
        environment.setdefault("XGRAD_SECRET_KEY", _secret(folder / "secret.key"))
    return Site(folder, port, events_port, broker_port, environment)


def _addresses(port: int, events_port: int) -> dict[str, str]:
    return {
        "GUNICORN_CMD_ARGS": f"--bind={LOOPBACK}:{port}",
        "UVICORN_HOST": LOOPBACK,
        "UVICORN_PORT": str(events_port),
        "PYTHONUNBUFFERED": "1",
    }


def _secret(path: Path) -> str:
    """The key of this folder's site, made on first use: sessions outlive a restart."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def start(site: Site, processes: Processes) -> None:
    """Start everything and return when it answers. Raises Fault if something does not start."""
    if site.broker_port is not None:
        port = site.broker_port
        processes.start("valkey", valkey.command(port, site.folder / "valkey"))
        processes.wait_for(lambda: valkey.answers(port), "The embedded Valkey", 60)
    processes.run(services.MIGRATE.name, services.MIGRATE.command)
    for service in services.LASTING:
        processes.start(service.name, service.command)
    events_url = f"http://{LOOPBACK}:{site.events_port}"
    processes.wait_for(lambda: answers(f"{events_url}/healthz"), "The events process", 120)
    web_url = f"http://{LOOPBACK}:{site.port}"
    processes.wait_for(lambda: answers(f"{web_url}/readyz"), "The portal with its worker", 180)


def remember(site: Site) -> None:
    """Keep where the site is served, for commands that name its folder alone."""
    (site.folder / ADDRESS).write_text(site.base_url)


def remembered(folder: Path) -> dict[str, str]:
    """Where the site of this folder was served last, as settings; nothing if it never was."""
    kept = folder / ADDRESS
    return {"XGRAD_BASE_URL": kept.read_text()} if kept.exists() else {}


def answers(url: str) -> bool:
    """True if a GET of `url` says 200."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as response:
            return bool(response.status == http.client.OK)
    except (OSError, urllib.error.URLError, http.client.HTTPException):
        return False


def enter(site: Site) -> None:
    """Make this process see the site's settings, as the processes it starts do."""
    os.environ.update(site.environment)


def say(text: str) -> None:
    """Progress, for people: on standard error, so that output stays clean."""
    print(text, file=sys.stderr, flush=True)
