"""What an id in an address may look like; anything else is a plain 404 and reaches no query."""

from flask import Flask
from werkzeug.routing import BaseConverter


class IdConverter(BaseConverter):
    """A uuid as we make them: lower-case hex with dashes."""

    regex = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class NameConverter(BaseConverter):
    """A name that people chose within our rules: of a question, a source."""

    regex = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}"


def register(app: Flask) -> None:
    app.url_map.converters["id"] = IdConverter
    app.url_map.converters["name"] = NameConverter
