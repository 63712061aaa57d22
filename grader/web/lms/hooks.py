"""Signed webhooks from an LMS: verified, kept, answered; acted on later by a task."""

from flask import Response, jsonify, request

from grader.services import lms_inbox
from grader.web import current, limits
from grader.web.lms import lms
from grader.web.security import hook_bytes


@lms.post("/hooks/<name:source>")
@limits.limiter.limit(limits.HOOKS)
def receive(source: str) -> tuple[Response, int]:
    """202 for a new event and for a replay alike; only the first is acted on."""
    ctx = current.ctx()
    request.max_content_length = hook_bytes(ctx.settings)
    body = request.get_data(cache=False)
    is_new = lms_inbox.receive(ctx, source, dict(request.headers), body)
    return jsonify({"accepted": True, "replay": not is_new}), 202
