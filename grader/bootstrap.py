"""One place that joins the parts; everything else is handed a `Context`."""

from dataclasses import dataclass
from functools import cached_property

from grader.clock import Clock, now
from grader.live import LiveEvents, RedisEvents
from grader.outbound.queue import CeleryQueue, Queue
from grader.settings import Settings
from grader.store.artefacts import Artefacts
from grader.store.session import Store
from grader.store.vault import Vault


@dataclass(frozen=True)
class Context:
    """What every service needs: settings, database, artefacts, queue, live news, the time.

    `operator` is the machine's user at the command line, for the audit log; else it is empty.
    """

    settings: Settings
    store: Store
    artefacts: Artefacts
    queue: Queue
    events: LiveEvents
    clock: Clock
    operator: str = ""

    @cached_property
    def vault(self) -> Vault:
        """Seals and opens webhook secrets."""
        return Vault(self.settings.secret_key)

    def close(self) -> None:
        """Give the database connections back."""
        self.store.close()


def build(settings: Settings) -> Context:
    """The real parts, as the settings name them. Nothing is connected to yet."""
    return Context(
        settings=settings,
        store=Store(settings.database_url),
        artefacts=Artefacts(settings.artefacts_url),
        queue=CeleryQueue(settings.broker_url),
        events=RedisEvents(settings.redis_url),
        clock=now,
    )
