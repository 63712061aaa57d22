"""One way of logging for every process: lines for people, or JSON for machines."""

import logging
import logging.config

import structlog
from structlog.types import Processor

from grader.settings import Settings

QUIET = ("alembic", "urllib3", "requests_hardened", "amqp", "celery.beat", "celery.worker.strategy")


def configure(settings: Settings, level: int = logging.INFO) -> None:
    """Send our events and the libraries' messages to standard error, in the format set."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=_rendering(settings.log_format)
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _rendering(log_format: str) -> list[Processor]:
    strip: Processor = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if log_format == "json":
        trace: Processor = structlog.processors.dict_tracebacks
        return [strip, trace, structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [strip, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
