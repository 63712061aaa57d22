"""Alembic's environment: runs on the connection that `grader.store.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from grader.store.models import Base


def render(kind: str, item: Any, _autogenerate: object) -> str | Literal[False]:
    """Write our column types as the plain ones beneath: a migration must outlive our classes."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    return f"sa.{item.impl_instance!r}"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render,
    # SQLite alters a table by copying it; the names of constraints carry over.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
