"""What every table shares: names of constraints, time-ordered ids, and UTC times."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from uuid6 import uuid7

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_UNCLEAN = re.compile(r"\\u(?:0000|d[89a-f])")
"""NUL, or half of a surrogate pair (which may be half of a sound one), as JSON in ASCII has it."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every database.

    SQLite drops the offset, so a naive value that came back would compare wrongly with an aware
    one; a naive value that goes in is a bug of ours and is refused.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC; on SQLite without its offset, which it cannot keep."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone reached the database")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Aware, in UTC, whatever the session's time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanString(TypeDecorator[str]):
    """Text that may hold anything a student's code printed, or a stranger sent as an id.

    PostgreSQL refuses NUL, and no database takes half a surrogate pair: both become U+FFFD, so
    that hostile text neither keeps a grade from being stored nor breaks a query that looks for it.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text, storable."""
        return None if value is None else clean(value)


class CleanText(CleanString):
    """The same, of any length."""

    impl = Text
    cache_ok = True


class CleanJson(TypeDecorator[Any]):
    """JSON whose every string is cleaned as `CleanText` does."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """The value, storable."""
        return clean_json(value)


def clean(text: str) -> str:
    """The text with NUL and lone surrogates replaced by U+FFFD."""
    if text.isascii() and "\0" not in text:
        return text
    return (
        text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def clean_json(value: Any) -> Any:
    """The same JSON value with every string cleaned."""
    # One look at the whole spares nearly every value a walk through all its strings.
    return _cleaned(value) if _UNCLEAN.search(json.dumps(value)) else value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UtcDateTime(),
        dict[str, Any]: CleanJson(),
        list[str]: CleanJson(),
    }


def new_id() -> str:
    """A uuid7: unique everywhere, and sorted by the time it was made."""
    return str(uuid7())


class Identified:
    """A table whose key is a uuid7 of ours."""

    id: Mapped[str] = mapped_column(
        CleanString(36), primary_key=True, default=new_id, sort_order=-1
    )
