"""Headers on every answer, and failures that say what to do and nothing about our insides."""

import re

import pytest
from flask import Flask

from grader.web import create_app

STRANGE = [
    "/submissions/../../etc/passwd",
    "/submissions/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/submissions/%00",
    "/submissions/" + "a" * 5000,
    "/submissions/0198F000-0000-7000-8000-000000000000",
    "/submissions/' OR 1=1 --",
    "/assignments/%F0%9F%92%A9",
    "/teaching/courses/%00/submissions",
    "/teaching/submissions/x/questions/%00",
    "/static/../wsgi.py",
    "/static/%2e%2e/wsgi.py",
    "/static/..%5cwsgi.py",
    "/api/v1/submissions/%00",
    "/api/v1/submissions/1/events",
    "/api/v1/nothing",
    "/lms/hooks/",
]


@pytest.fixture
def failing(ctx) -> Flask:
    """An app with a page that breaks and one that leaks a secret in its exception."""
    app = create_app(ctx)

    def broken() -> str:
        raise RuntimeError("the password is hunter2")

    app.add_url_rule("/broken", view_func=broken)
    app.add_url_rule("/api/v1/broken", endpoint="broken_api", view_func=broken)
    return app


@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_address_is_never_our_failure(enter, classroom, path) -> None:
    answer = enter(classroom.instructor_id).get(path)
    assert answer.status_code in (404, 405, 308)
    if path.startswith(("/api/", "/lms/")):
        assert set(answer.json["error"]) == {"code", "message", "faults"}


@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
def test_a_failure_shows_an_id_and_no_trace(failing, path) -> None:
    answer = failing.test_client().get(path)
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_wrong_method_is_said_in_the_shape_of_its_place(visitor) -> None:
    assert visitor.client.delete("/sign-in").status_code == 405
    answer = visitor.client.delete("/api/v1/assignments")
    assert answer.status_code == 405
    assert answer.json["error"]["code"] == "method_not_allowed"


PAGES = [
    "/sign-in",
    "/nothing",
    "/api/v1/docs",
    "/api/v1/openapi.json",
    "/healthz",
    "/static/js/times.js",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_its_protections(visitor, settings, path) -> None:
    headers = visitor.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["connect-src"] == f"'self' {settings.events_url}"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-ID"])


def test_pages_are_not_kept_by_caches_but_files_are(visitor) -> None:
    assert visitor.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert "no-store" not in visitor.get("/static/js/times.js").headers.get("Cache-Control", "")


def test_a_page_has_no_inline_script_style_or_handler(enter, classroom) -> None:
    staff = enter(classroom.instructor_id)
    for path in (
        "/",
        f"/assignments/{classroom.assignment_id}",
        f"/teaching/assignments/{classroom.assignment_id}",
    ):
        text = staff.text(path)
        scripts = re.findall(r"<script([^>]*)>", text)
        assert all("src=" in one or "application/json" in one for one in scripts)
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_strict_transport_is_asked_for_where_cookies_are_secure(ctx, settings) -> None:
    secure = settings.model_copy(update={"secure_cookies": True})
    app = create_app(type(ctx)(secure, ctx.store, ctx.artefacts, ctx.queue, ctx.events, ctx.clock))
    headers = app.test_client().get("/healthz").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_forged_host_appears_in_no_link(app, bearer, classroom) -> None:
    headers = bearer(classroom.student_id) | {"Host": "elsewhere.example"}
    body = {"answers": {"q1": {"kind": "tensor", "text": "[1, 2, 3, 4]"}}}
    path = f"/api/v1/assignments/{classroom.assignment_id}/submissions"
    answer = app.test_client().post(path, json=body, headers=headers)
    assert answer.status_code == 202
    assert answer.headers["Location"].startswith("http://localhost/")
    assert "elsewhere" not in answer.text
