"""Typed fields of a form, as text that every database can keep."""

from flask import request

NAME = 150


def text(name: str, longest: int) -> str:
    """The field without spaces around it and without control characters but line ends."""
    given = request.form.get(name, "")[: longest + 2]
    kept = (one for one in given.replace("\r\n", "\n") if one.isprintable() or one in "\n\t")
    return "".join(kept).strip()[:longest]


def username() -> str:
    """The field `username`, in the spelling that people are found by."""
    return text("username", NAME).lower()
