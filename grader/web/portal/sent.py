"""Files of a form that was refused, kept for its next try, since no browser keeps a chosen file.

They are in Redis, under the person's id: nobody else can name them. A refused form takes the place
of that person's one before, whatever the assignment, so that nobody takes up more than MOST_BYTES;
and everything is gone after LIFETIME_S. What was sent for one question cannot be had for another: a
small form that named the same files in each would else cost the memory of them all.
"""

import base64
import hashlib
import json
from collections.abc import Mapping

import redis
import structlog

MOST_BYTES = 8 * 1024 * 1024
"""Of one form, as it is kept. It is memory: what is larger has to be chosen again."""

LIFETIME_S = 2 * 3600
TIMEOUT_S = 2.0

Files = Mapping[str, bytes]

log = structlog.get_logger()


def keep(
    url: str, person_id: str, assignment_id: str, files: Mapping[str, Files]
) -> dict[str, str]:
    """Keep files by question; returns the digests to ask for them by, of those that are kept."""
    packed = {question: _pack(mine) for question, mine in files.items()}
    kept: dict[str, bytes] = {}
    for question, data in sorted(packed.items(), key=lambda one: len(one[1])):
        if sum(map(len, kept.values())) + len(data) <= MOST_BYTES:
            kept[question] = data
    digests = {question: hashlib.sha256(data).hexdigest() for question, data in kept.items()}
    key = _key(person_id)
    try:
        with _client(url) as client, client.pipeline() as steps:
            steps.delete(key)
            for question, digest in digests.items():
                steps.hset(key, _field(assignment_id, question, digest), kept[question])
            steps.expire(key, LIFETIME_S)
            steps.execute()
    except (redis.RedisError, ValueError) as away:
        log.warning("refused_files_not_kept", error=type(away).__name__)
        return {}
    return digests


def take(
    url: str, person_id: str, assignment_id: str, question: str, digest: str
) -> dict[str, bytes] | None:
    """The files of that digest; None if they are not, or no longer, kept for this person."""
    try:
        with _client(url) as client:
            data = client.hget(_key(person_id), _field(assignment_id, question, digest))
    except (redis.RedisError, ValueError) as away:
        log.warning("refused_files_not_read", error=type(away).__name__)
        return None
    return None if data is None else _unpack(data)


def _client(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)


def _key(person_id: str) -> str:
    return f"xgrad:sent:{person_id}"


def _field(assignment_id: str, question: str, digest: str) -> str:
    return f"{assignment_id}:{question}:{digest}"


def _pack(files: Files) -> bytes:
    named = {name: base64.b64encode(content).decode() for name, content in files.items()}
    return json.dumps(named).encode()


def _unpack(data: bytes) -> dict[str, bytes]:
    return {name: base64.b64decode(content) for name, content in json.loads(data).items()}
