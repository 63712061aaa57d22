"""Every setting of the service, read from the environment once and checked as a whole."""

import os
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from grader.domain.errors import Fault

DEMO_SECRET = "demo-only-secret-key-that-production-refuses"  # noqa: S105 - refused in production
KNOWN_SECRETS = frozenset({DEMO_SECRET})

Mode = Literal["production", "demo", "test"]


class SettingsError(Exception):
    """The service cannot start as configured; `faults` names each variable and its remedy."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        lines = (f"  {fault.field}: {fault.message} {fault.remedy}" for fault in faults)
        super().__init__("The settings cannot be used:\n" + "\n".join(lines))


def _default_redis(data: dict[str, Any]) -> str:
    broker: str = data.get("broker_url", "")
    return broker if broker.startswith(("redis://", "rediss://")) else ""


class Settings(BaseSettings):
    """Read by `Settings.load()`; tests and the demo build it from keyword arguments."""

    model_config = SettingsConfigDict(
        env_prefix="XGRAD_",
        env_ignore_empty=True,
        frozen=True,
        populate_by_name=True,
        extra="forbid",
    )

    mode: Mode = "production"
    database_url: str = Field(
        default="sqlite:///var/xgrad.db", validation_alias="DATABASE_URL", repr=False
    )
    broker_url: str = Field(
        default="redis://127.0.0.1:6379/0", validation_alias="BROKER_URL", repr=False
    )
    redis_url: str = Field(default_factory=_default_redis, repr=False)
    secret_key: str = Field(
        default_factory=lambda data: "" if data.get("mode") == "production" else DEMO_SECRET,
        repr=False,
    )
    base_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/]+")
    events_url: str = Field(default="http://127.0.0.1:8001", pattern=r"^https?://[^/]+")
    artefacts_url: str = "file://var/artefacts"
    cache_dir: Path = Path("var/cache")
    library: str = ""
    max_upload_mb: int = Field(default=10, ge=1, le=1024)
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    secure_cookies: bool = Field(default_factory=lambda data: data.get("mode") == "production")
    webhook_allow_private: bool = False
    sandbox_slots: int = Field(default=2, ge=1, le=64)
    sandbox_required: Literal["floor", "full"] = "floor"
    log_format: Literal["console", "json"] = "console"

    @property
    def library_folders(self) -> tuple[Path, ...]:
        """The extra assignment folders of `XGRAD_LIBRARY`, in the order given."""
        return tuple(Path(part) for part in self.library.split(os.pathsep) if part)

    @property
    def production(self) -> bool:
        """Whether real students are graded here."""
        return self.mode == "production"

    @classmethod
    def load(cls) -> Self:
        """Settings from the environment. Raises `SettingsError` with every fault at once."""
        settings, faults = cls._parse()
        faults += _cross_faults(settings)
        if settings.production:
            faults += _production_faults(settings)
        if faults:
            raise SettingsError(tuple(faults))
        return settings

    @classmethod
    def _parse(cls) -> tuple[Self, list[Fault]]:
        try:
            return cls(), []
        except ValidationError as error:
            faults = {variable_of(field): fault for field, fault in _unreadable(error)}
            fields = [field for field, _ in _unreadable(error)]
        # The unreadable ones fall back to their defaults, so the rest is checked in the same go.
        defaults = {name: cls.model_fields[name].get_default() for name in fields}
        return cls(**defaults), list(faults.values())


def variable_of(field: str) -> str:
    """The environment variable that sets a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"XGRAD_{field.upper()}"


def field_of(location: str) -> str:
    """The field that pydantic names by its own name or by its variable."""
    return next(name for name in Settings.model_fields if location in (name, variable_of(name)))


def _unreadable(error: ValidationError) -> list[tuple[str, Fault]]:
    pairs = []
    for one in error.errors():
        if one["type"] == "default_factory_not_called":  # follows from another fault
            continue
        field = field_of(str(one["loc"][0]))
        message = f"{one['input']!r} is not usable: {one['msg']}."
        pairs.append((field, Fault(variable_of(field), message, "See docs/settings.md.")))
    return pairs


def _cross_faults(settings: Settings) -> list[Fault]:
    faults = []
    if not _known_database(settings.database_url):
        faults.append(
            Fault(
                "DATABASE_URL",
                "This is neither a SQLite nor a PostgreSQL address.",
                "Use sqlite:///var/xgrad.db or postgresql+psycopg://user:password@host/name.",
            )
        )
    if not settings.redis_url.startswith(("redis://", "rediss://", "unix://")):
        faults.append(
            Fault(
                "XGRAD_REDIS_URL",
                "Live events, locks and rate limits need a Redis-protocol server.",
                "Set it, for example to redis://127.0.0.1:6379/1.",
            )
        )
    return faults


def _known_database(url: str) -> bool:
    try:
        return make_url(url).get_backend_name() in ("sqlite", "postgresql")
    except ArgumentError:
        return False


def _production_faults(settings: Settings) -> list[Fault]:
    remedy = "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
    rules = (
        (not settings.secret_key, "XGRAD_SECRET_KEY", "It is not set.", remedy),
        (
            0 < len(settings.secret_key) < 32,
            "XGRAD_SECRET_KEY",
            "It is shorter than 32 characters.",
            remedy,
        ),
        (
            settings.secret_key in KNOWN_SECRETS,
            "XGRAD_SECRET_KEY",
            "It is a published default that anyone could use to sign in.",
            remedy,
        ),
        (
            len(settings.secret_key) >= 32 and len(set(settings.secret_key)) < 8,
            "XGRAD_SECRET_KEY",
            "It repeats a few characters and can be guessed.",
            remedy,
        ),
        (
            settings.webhook_allow_private,
            "XGRAD_WEBHOOK_ALLOW_PRIVATE",
            "Production never sends webhooks into the private network.",
            "Remove it, or set XGRAD_MODE=demo.",
        ),
        (
            not settings.secure_cookies,
            "XGRAD_SECURE_COOKIES",
            "Production never sends session cookies over plain HTTP.",
            "Remove it, or set XGRAD_MODE=demo.",
        ),
    )
    return [Fault(field, message, cure) for broken, field, message, cure in rules if broken]
