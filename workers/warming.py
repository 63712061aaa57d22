"""Judges made before they are asked, so that no student waits for the first trace of a graph."""

import threading

import structlog

from grader.bootstrap import Context
from grader.domain.errors import NotFound
from grader.services import materialise
from grader.services.archive import ArchiveBroken
from grader.store.artefacts import ArtefactBroken
from grader.store.queries import assignments
from workers.judge import JudgeBroken, JudgePool

EVERY_S = 10.0

log = structlog.get_logger()


class Warmer:
    """Warms the versions given to courses lately, in a thread of its own; looks for new ones."""

    def __init__(self, ctx: Context, judges: JudgePool) -> None:
        self._ctx, self._judges = ctx, judges
        self._seen: set[str] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="warmer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop; a judge that is just being made is left to its pool."""
        self._ended.set()

    def warm_new(self) -> list[str]:
        """Warm each version not tried before, once; the digests of those that stand now."""
        with self._ctx.store.read() as session:
            latest = assignments.latest_digests(session, self._judges.capacity)
        new = [digest for digest in latest if digest not in self._seen]
        return [digest for digest in new if self._warm(digest)]

    def _watch(self) -> None:
        while not self._ended.is_set():
            try:
                self.warm_new()
            except Exception as fault:  # a database away for a while; grading itself tells of it
                log.warning("warming_broke", error=repr(fault))
            self._ended.wait(EVERY_S)

    def _warm(self, digest: str) -> bool:
        self._seen.add(digest)
        try:
            self._judges.warm(materialise.folder(self._ctx, digest), digest)
        except (JudgeBroken, NotFound, ArtefactBroken, ArchiveBroken, OSError) as fault:
            log.warning("judge_not_warmed", digest=digest, error=str(fault))
            return False
        return True
