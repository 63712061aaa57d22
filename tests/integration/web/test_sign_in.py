"""Signing in: a new session each time, nowhere to be lured to, and no guessing."""

from hashlib import sha256

import pytest
from apiflask import APIFlask

from grader.bootstrap import Context
from grader.services import people
from grader.store.queries import people as queries
from grader.web import create_app

PASSWORD = "a long enough password"


@pytest.fixture
def ada(classroom, password) -> None:
    password(classroom.student_id)


def test_the_right_password_opens_the_list(visitor, ada) -> None:
    answer = visitor.sign_in("ada")
    assert (answer.status_code, answer.location) == (302, "/")
    assert "Your assignments" in visitor.text("/")


@pytest.mark.parametrize(("username", "word"), [("ada", "a guess"), ("nobody", PASSWORD), ("", "")])
def test_a_failure_never_says_which_half_was_wrong(visitor, ada, username, word) -> None:
    answer = visitor.sign_in(username, word)
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text
    assert not word or word not in answer.text
    assert visitor.get("/").status_code == 302


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "http:elsewhere.example",
        "elsewhere",
        "/\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(visitor, ada, wanted) -> None:
    assert visitor.sign_in("ada", next=wanted).location == "/"
    assert visitor.get("/sign-in", query_string={"next": wanted}).location == "/"


def test_a_page_of_ours_is_led_back_to(visitor, ada, classroom) -> None:
    page = f"/assignments/{classroom.assignment_id}?from=mail"
    asked = visitor.get(page)
    assert asked.status_code == 302
    assert asked.location.startswith("/sign-in?next=/assignments/")
    assert visitor.sign_in("ada", next=page).location == page


def test_the_session_is_new_so_a_planted_one_is_worth_nothing(visitor, ada) -> None:
    with visitor.client.session_transaction() as session:
        session["planted"] = "by an attacker"
    visitor.sign_in("ada")
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"]


def test_a_token_of_the_form_before_sign_in_is_not_good_after(visitor, ada) -> None:
    form = visitor.text("/sign-in")
    old = form.split('name="csrf_token" value="')[1].split('"')[0]
    visitor.sign_in("ada")
    visitor.text("/")
    assert visitor.client.post("/sign-out", data={"csrf_token": old}).status_code == 400


def test_signing_out_takes_a_form_of_ours(visitor, ada) -> None:
    visitor.sign_in("ada")
    assert visitor.get("/sign-out").status_code == 405
    assert visitor.client.post("/sign-out").status_code == 400
    assert "Your assignments" in visitor.text("/")
    assert visitor.post("/sign-out", form="/").status_code == 302
    assert visitor.get("/").status_code == 302


def test_a_form_without_its_token_is_refused(visitor, ada) -> None:
    answer = visitor.client.post("/sign-in", data={"username": "ada", "password": PASSWORD})
    assert answer.status_code == 400
    assert "Reload it and send again." in answer.text


def test_cookies_of_production_are_bound_to_this_host(ctx: Context, classroom, password) -> None:
    password(classroom.student_id)
    settings = ctx.settings.model_copy(update={"secure_cookies": True})
    app = create_app(Context(settings, ctx.store, ctx.artefacts, ctx.queue, ctx.events, ctx.clock))
    cookie = app.test_client().get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-xgrad=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie


def test_a_new_password_ends_every_session_but_those_it_opens(
    app: APIFlask, ctx: Context, visitor, ada, classroom
) -> None:
    elsewhere = type(visitor)(app)
    for browser in (visitor, elsewhere):
        browser.sign_in("ada")
        assert "Your assignments" in browser.text("/")
    people.set_password(ctx, classroom.student_id, "another long password")
    for browser in (visitor, elsewhere):
        assert browser.get("/").status_code == 302
    visitor.sign_in("ada", "another long password")
    assert "Your assignments" in visitor.text("/")
    assert elsewhere.get("/").status_code == 302


def test_the_cookie_tells_nothing_of_the_password_and_a_changed_one_nothing_at_all(
    ctx: Context, visitor, ada, classroom
) -> None:
    visitor.sign_in("ada")
    with ctx.store.read() as reading:
        stored = queries.password_hash(reading, classroom.student_id)
    with visitor.client.session_transaction() as session:
        person_id, _, mark = session["_user_id"].partition(".")
        assert person_id == classroom.student_id
        assert mark
        assert mark not in {sha256(stored.encode()).hexdigest()[: len(mark)], stored}
        session["_user_id"] = person_id
    assert visitor.get("/").status_code == 302


def test_someone_deleted_is_signed_out(enter) -> None:
    assert enter("0198f000-0000-7000-8000-000000000000").get("/").status_code == 302


def test_every_page_but_the_open_ones_asks_who_you_are(app: APIFlask, visitor) -> None:
    an_id = "0198f000-0000-7000-8000-000000000000"
    values = {"submission_id": an_id, "assignment_id": an_id, "course_id": an_id}
    values |= {"inbound_id": an_id, "question_id": "q1", "name": "a.py"}
    open_to_all = {"portal.sign_in"}
    with app.test_request_context():
        pages = [
            app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith(("portal.", "dashboard."))
            and "GET" in (rule.methods or ())
            and rule.endpoint not in open_to_all
        ]
    assert len(pages) >= 14
    for page in pages:
        answer = visitor.get(page)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in"), page
