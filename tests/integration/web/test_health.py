"""Readiness looks at the real parts and says what is missing, without a password in it."""

import json

import pytest
import redis

from grader import signs
from grader.bootstrap import Context
from grader.web import create_app
from grader.web.health import checks

PARTS = ("database", "redis", "workers")


@pytest.fixture
def ready(ctx, valkey_url):
    """Ask `/readyz`, with some settings changed."""

    def ask(**changed):
        settings = ctx.settings.model_copy(update={"redis_url": valkey_url, **changed})
        parts = (ctx.store, ctx.artefacts, ctx.queue, ctx.events, ctx.clock)
        answer = create_app(Context(settings, *parts)).test_client().get("/readyz")
        listed = {one["name"]: one for one in answer.json["parts"]}
        assert answer.json["degraded"] == (not all(one["ok"] for one in listed.values()))
        return answer.status_code, listed

    return ask


@pytest.fixture
def beat(valkey_url):
    def send(name: str, value: object) -> None:
        with redis.Redis.from_url(valkey_url) as client:
            text = value if isinstance(value, str) else json.dumps(value)
            client.set(f"xgrad:worker:{name}", text, ex=30)

    return send


def test_alive_is_said_without_looking_at_anything(app) -> None:
    assert app.test_client().get("/healthz").json == {"ok": True}


def test_without_a_worker_it_is_not_ready_and_says_so(ready) -> None:
    status, parts = ready()
    assert status == 503
    assert parts["database"]["ok"]
    assert parts["redis"]["ok"]
    assert "heartbeat" in parts["workers"]["reason"]


def test_one_well_worker_is_enough(ready, beat) -> None:
    beat("one", {"ok": True, "reason": "", "layers": ["seccomp", "landlock"]})
    beat("two", {"ok": False, "reason": "no user namespaces here", "layers": []})
    status, parts = ready()
    assert status == 200
    assert parts["worker:one"]["layers"] == ["seccomp", "landlock"]
    assert parts["worker:two"]["reason"] == "no user namespaces here"


def test_without_housekeeping_it_is_ready_and_says_what_waits(
    ready, beat, valkey_url, monkeypatch
) -> None:
    beat("one", {"ok": True, "reason": "", "layers": []})
    status, parts = ready()
    assert (status, parts["housekeeping"]["ok"]) == (200, True), "it may be starting too"
    monkeypatch.setattr(checks, "PATIENCE_S", 0.0)
    status, parts = ready()
    assert (status, parts["housekeeping"]["ok"]) == (200, False)
    assert "Webhooks" in parts["housekeeping"]["reason"]
    signs.housekeeping_was_here(valkey_url)
    status, parts = ready()
    assert (status, parts["housekeeping"]) == (
        200,
        {"name": "housekeeping", "ok": True, "reason": "", "layers": []},
    )
    with redis.Redis.from_url(valkey_url) as client:
        assert 0 < client.ttl(signs.HOUSEKEEPING) <= signs.LIFETIME_S


def test_a_sign_that_cannot_be_left_ends_no_sweep() -> None:
    signs.housekeeping_was_here("redis://127.0.0.1:1/0")


@pytest.mark.parametrize("value", ["", "{", "[]", "null", '{"ok": "yes"}', '{"layers": 3}'])
def test_a_heartbeat_that_cannot_be_read_is_no_sign_of_life(ready, beat, value) -> None:
    beat("odd", value)
    status, parts = ready()
    assert status == 503
    assert not parts["worker:odd"]["ok"]


def test_a_redis_that_is_gone_is_named_without_its_password(ready) -> None:
    status, parts = ready(redis_url="redis://:hunter2@127.0.0.1:1/0")
    assert status == 503
    assert not parts["redis"]["ok"]
    assert "hunter2" not in str(parts)


def test_migrations_that_are_behind_are_named(ready, tmp_path) -> None:
    status, parts = ready(database_url=f"sqlite:///{tmp_path / 'empty.db'}")
    assert status == 503
    assert "alembic upgrade head" in parts["database"]["reason"]
