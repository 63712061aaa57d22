"""`uvicorn grader.events.app:app`: live streams of submissions, as server-sent events.

`GET /submissions/<id>?ticket=…` sends `event: state` with `{"state", "queue_position", "final"}`
at once and whenever it changes, and ends after a final state. A comment every few seconds keeps
proxies from closing a quiet line.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from grader import logs
from grader.bootstrap import Context, build
from grader.domain.errors import Refusal
from grader.events.hub import Hub
from grader.events.stream import look, states
from grader.settings import Settings
from grader.tickets import ticket_is_valid

PING_S = 15
REFUSED = {
    "error": {
        "code": "ticket_invalid",
        "message": "This address has expired or was not issued by us.",
        "faults": [
            {
                "field": "ticket",
                "message": "It is missing, wrong, or older than an hour.",
                "remedy": "Reload the page, or ask the submission's events address again.",
            }
        ],
    }
}


def create_app(ctx: Context) -> Starlette:
    """The application over a context."""
    hub = Hub(ctx.settings.redis_url)
    page = _origin(ctx.settings.base_url)

    async def events(request: Request) -> Response:
        submission_id = request.path_params["submission_id"]
        ticket = request.query_params.get("ticket", "")
        if not ticket_is_valid(ctx.settings.secret_key, ticket, submission_id):
            return JSONResponse(REFUSED, status_code=401)
        try:
            await look(ctx, submission_id)
        except Refusal as refusal:
            error = {"code": refusal.code, "message": refusal.message, "faults": []}
            return JSONResponse({"error": error}, status_code=refusal.status)
        return EventSourceResponse(states(ctx, hub, submission_id), ping=PING_S)

    async def health(_: Request) -> Response:
        ready = hub.connected
        return JSONResponse({"ok": ready}, status_code=200 if ready else 503)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        listening = asyncio.create_task(hub.run())
        yield
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening

    return Starlette(
        routes=[Route("/submissions/{submission_id}", events), Route("/healthz", health)],
        middleware=[Middleware(CORSMiddleware, allow_origins=[page], allow_methods=["GET"])],
        lifespan=lifespan,
    )


def _origin(url: str) -> str:
    """Scheme and host of an address: what a browser sends as Origin."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def __getattr__(name: str) -> Starlette:
    """Build `app` when uvicorn asks for it, so that importing this module needs no settings."""
    if name != "app":
        raise AttributeError(name)
    settings = Settings.load()
    logs.configure(settings)
    return create_app(build(settings))
