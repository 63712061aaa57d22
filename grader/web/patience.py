"""A request's body has so long to arrive: a sender who drips holds a thread of the web process."""

import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

BODY_S = 20.0
BYTES_A_SECOND = 50_000
"""Slower than any line that a file of the largest size is sent over."""


def within(app: WSGIApplication) -> WSGIApplication:
    """The same application; what has not come in time is cut off, and reads as a broken request.

    Under a server that does not show its socket (gunicorn does) nothing is done. A proxy that
    gathers bodies, as nginx does, keeps slow senders away altogether.
    """

    def patient(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sender: Any = environ.get("gunicorn.socket")
        if sender is None or not _announces_body(environ):
            return app(environ, start_response)
        timer = threading.Timer(_allowed_s(environ), _cut_off, [sender])
        timer.daemon = True
        timer.start()
        try:
            return app(environ, start_response)
        finally:
            timer.cancel()

    return patient


def _announces_body(environ: WSGIEnvironment) -> bool:
    chunked = "HTTP_TRANSFER_ENCODING" in environ
    return chunked or environ.get("CONTENT_LENGTH", "0") not in ("", "0")


def _allowed_s(environ: WSGIEnvironment) -> float:
    length = environ.get("CONTENT_LENGTH", "")
    announced = int(length) if length.isdigit() else 0
    return BODY_S + min(announced, 1 << 30) / BYTES_A_SECOND


def _cut_off(sender: socket.socket) -> None:
    """Nothing more is read; what is answered still goes out."""
    with suppress(OSError):
        sender.shutdown(socket.SHUT_RD)
