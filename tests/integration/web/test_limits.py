"""Guessing and flooding are slowed down, counted in a real Valkey."""

import pytest

from grader.bootstrap import Context
from grader.web import create_app

PASSWORD = "a long enough password"


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


@pytest.mark.parametrize("spelling", ["mi\x01ra", "\u200bada", " ADA\n", "a\x00da", "Ada\x7f"])
def test_another_spelling_of_a_name_has_no_count_of_its_own(
    visitor, classroom, password, spelling
) -> None:
    password(classroom.student_id)
    name = "mira" if "ra" in spelling else "ada"
    for _ in range(10):
        assert visitor.sign_in(name, "guess").status_code == 401
    assert visitor.sign_in(spelling).status_code == 429


def test_a_class_behind_one_address_hands_in_unhindered(enter, classroom, app) -> None:
    page = f"/assignments/{classroom.assignment_id}"
    first, second = enter(classroom.student_id), enter(classroom.other_student_id)
    token = first.token(page)
    statuses = [first.client.post(page, data={"csrf_token": token}).status_code for _ in range(61)]
    assert (statuses[59], statuses[60]) == (422, 429)
    assert second.post(page, {"text.q1.tensor": "[1, 2, 3, 4]"}).status_code == 303


def test_a_class_behind_one_address_follows_its_work_unhindered(enter, classroom) -> None:
    first, second = enter(classroom.student_id), enter(classroom.other_student_id)
    statuses = [first.get("/api/v1/assignments").status_code for _ in range(301)]
    assert (statuses[299], statuses[300]) == (200, 429)
    assert second.get("/api/v1/assignments").status_code == 200


GUESSER, NEIGHBOUR = "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("proxies", "header", "status"),
    [
        (1, NEIGHBOUR, 302),
        (1, f"{GUESSER}, {NEIGHBOUR}", 302),
        (1, f"{NEIGHBOUR}, {GUESSER}", 429),  # the first one the visitor wrote himself
        (2, f"{NEIGHBOUR}, 10.0.0.1", 302),
        (0, NEIGHBOUR, 429),
    ],
)
def test_behind_a_proxy_each_visitor_is_an_address(
    ctx: Context, classroom, password, visitor, proxies, header, status
) -> None:
    password(classroom.student_id)
    settings = ctx.settings.model_copy(update={"trusted_proxies": proxies})
    visitor.app = create_app(
        Context(settings, ctx.store, ctx.artefacts, ctx.queue, ctx.events, ctx.clock)
    )
    visitor.client = visitor.app.test_client()
    token = visitor.token("/sign-in")
    wrong = {"username": "ada", "password": "guess", "csrf_token": token}
    guesser = GUESSER if proxies < 2 else f"{GUESSER}, 10.0.0.1"
    for _ in range(10):
        visitor.client.post("/sign-in", data=wrong, headers={"X-Forwarded-For": guesser})
    right = wrong | {"password": PASSWORD}
    answer = visitor.client.post("/sign-in", data=right, headers={"X-Forwarded-For": header})
    assert answer.status_code == status


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
    first = client.post(path, json={}, headers=headers)
    assert "Retry-After" not in first.headers
    statuses = [client.post(path, json={}, headers=headers).status_code for _ in range(60)]
    assert statuses[:59] == [422] * 59
    refused = client.post(path, json={}, headers=headers)
    assert refused.status_code == statuses[59] == 429
    assert refused.json["error"]["code"] == "rate_limited"
    assert 0 < int(refused.headers["Retry-After"]) <= 61


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
