"""Guessing and flooding are slowed down, counted in a real Valkey."""

import pytest

from grader.bootstrap import Context
from grader.web import create_app


@pytest.fixture
def settings(settings, valkey_url):
    return settings.model_copy(update={"redis_url": valkey_url})


def test_the_eleventh_wrong_guess_is_not_even_looked_at(visitor, classroom, password) -> None:
    password(classroom.student_id)
    for _ in range(10):
        assert visitor.sign_in("ada", "guess").status_code == 401
    answer = visitor.sign_in("ada")  # the right one, too late
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Wait a little" in answer.text


def test_a_class_behind_one_address_signs_in_unhindered(visitor, classroom, password) -> None:
    password(classroom.student_id)
    for _ in range(12):
        assert visitor.sign_in("ada").status_code == 302
        visitor.client.delete_cookie("xgrad")


def test_all_web_processes_count_together(ctx: Context, app, visitor, classroom, password) -> None:
    password(classroom.student_id)
    for _ in range(10):
        visitor.sign_in("ada", "guess")
    visitor.app = create_app(ctx)
    visitor.client = visitor.app.test_client()
    assert visitor.sign_in("ada").status_code == 429


def test_a_program_is_told_when_to_come_back(app, bearer, classroom) -> None:
    headers = bearer(classroom.student_id)
    client = app.test_client()
    path = f"/api/v1/assignments/{classroom.assignment_id}/submissions"
    statuses = [client.post(path, json={}, headers=headers).status_code for _ in range(61)]
    assert statuses[:60] == [422] * 60
    refused = client.post(path, json={}, headers=headers)
    assert refused.status_code == statuses[60] == 429
    assert refused.json["error"]["code"] == "rate_limited"
    assert int(refused.headers["Retry-After"]) > 0


def test_guessing_tokens_is_bounded_by_address(app) -> None:
    client = app.test_client()
    for number in range(100):
        headers = {"Authorization": f"Bearer xg_guess{number}"}
        assert client.get("/api/v1/assignments", headers=headers).status_code == 401
    headers = {"Authorization": "Bearer xg_another"}
    assert client.get("/api/v1/assignments", headers=headers).status_code == 429


def test_one_program_does_not_slow_another(app, bearer, classroom) -> None:
    client = app.test_client()
    path = f"/api/v1/assignments/{classroom.assignment_id}/submissions"
    first, second = bearer(classroom.student_id), bearer(classroom.other_student_id)
    for _ in range(61):
        client.post(path, json={}, headers=first)
    assert client.post(path, json={}, headers=second).status_code == 422


def test_without_redis_guessing_is_still_bounded(ctx: Context, classroom, password) -> None:
    password(classroom.student_id)
    settings = ctx.settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    app = create_app(Context(settings, ctx.store, ctx.artefacts, ctx.queue, ctx.events, ctx.clock))
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    data = {"username": "ada", "password": "guess"}
    statuses = [client.post("/sign-in", data=data).status_code for _ in range(12)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
