"""The API: tokens, both ways to hand in, idempotency, the one grade and the one error shape."""

import json
import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from grader.domain.policy import Policy
from grader.services import publish, tokens
from grader.store.models import SubmissionRow
from grader.tickets import ticket_is_valid
from rubrics.loader import LIBRARY

RIGHT = {"kind": "tensor", "text": "[0.9673, 1.6824, 2.0190, 579.9380]"}
SLOPES = '{"answers": {"q2b": {"kind": "text", "text": "Slopes are small."}}}'


@pytest.fixture
def path(classroom) -> str:
    return f"/api/v1/assignments/{classroom.assignment_id}/submissions"


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def ada(bearer, classroom) -> dict[str, str]:
    return bearer(classroom.student_id)


@pytest.fixture
def stored(ctx):
    def count() -> int:
        with ctx.store.read() as session:
            return session.scalar(select(func.count()).select_from(SubmissionRow)) or 0

    return count


def test_json_is_accepted_and_can_be_followed(client, ada, path) -> None:
    answer = client.post(path, json={"answers": {"q1": RIGHT}}, headers=ada)
    assert answer.status_code == 202
    receipt = answer.json
    assert answer.headers["Location"] == receipt["links"]["self"]
    assert (receipt["state"], receipt["attempt"], receipt["created"]) == ("queued", 1, True)
    followed = client.get(urlsplit(answer.headers["Location"]).path, headers=ada).json
    assert followed["id"] == receipt["id"]
    assert (followed["state"], followed["final"], followed["grade"]) == ("queued", False, None)


def test_multipart_takes_files_named_by_their_question(client, ada, path, enter, classroom) -> None:
    typed = {"answers": {"q2b": {"kind": "text", "text": "Slopes are small."}}}
    data = {"answers": json.dumps(typed), "q1": (BytesIO(b"x = 1\n"), "mine.py")}
    answer = client.post(path, data=data, headers=ada)
    assert answer.status_code == 202
    file = f"/submissions/{answer.json['id']}/files/q1/answer.py"
    assert enter(classroom.student_id).get(file).data == b"x = 1\n"


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({"q1": (BytesIO(b"x = 1"), "a.py"), "q2b": "Slopes are small."}, "q2b", "not read"),
        ({"q1": (BytesIO(b"x = 1"), "a.py"), "score": "9"}, "score", "not read"),
        ({"answers": [SLOPES, SLOPES]}, "answers", "more than once"),
        ({"q1": [(BytesIO(b"x"), "a.py"), (BytesIO(b"y"), "a.py")]}, "q1", "'a.py'"),
        (
            {
                "q1": (BytesIO(b"x"), "a.py"),
                "answers": '{"answers": {"q1": {"kind": "code", "files": {"a.py": "y"}}}}',
            },
            "q1",
            "'a.py'",
        ),
    ],
)
def test_a_part_that_would_be_lost_is_refused(client, ada, path, stored, data, field, said) -> None:
    answer = client.post(path, data=data, headers=ada, content_type="multipart/form-data")
    assert answer.status_code == 422
    fault = answer.json["error"]["faults"][0]
    assert fault["field"] == field
    assert said in fault["message"]
    assert fault["remedy"]
    assert stored() == 0


def test_code_may_travel_as_text_in_json(client, ada, path) -> None:
    body = {"answers": {"q1": {"kind": "code", "files": {"mine.py": "x = 1\n"}}}}
    assert client.post(path, json=body, headers=ada).status_code == 202


def test_the_same_key_and_answers_are_one_submission(client, ada, path, stored) -> None:
    headers = ada | {"Idempotency-Key": "once"}
    first = client.post(path, json={"answers": {"q1": RIGHT}}, headers=headers)
    again = client.post(path, json={"answers": {"q1": RIGHT}}, headers=headers)
    assert first.json["id"] == again.json["id"]
    assert (first.json["created"], again.json["created"]) == (True, False)
    assert again.status_code == 202
    assert stored() == 1


def test_the_same_key_with_other_answers_is_a_conflict(client, ada, path, stored) -> None:
    headers = ada | {"Idempotency-Key": "once"}
    client.post(path, json={"answers": {"q1": RIGHT}}, headers=headers)
    other = {"answers": {"q1": RIGHT | {"text": "[1, 2, 3, 4]"}}}
    answer = client.post(path, json=other, headers=headers)
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "conflict")
    assert stored() == 1


def test_two_people_may_use_the_same_key(client, ada, bearer, classroom, path, stored) -> None:
    bob = bearer(classroom.other_student_id)
    for headers in (ada, bob):
        headers |= {"Idempotency-Key": "once"}
        assert client.post(path, json={"answers": {"q1": RIGHT}}, headers=headers).json["created"]
    assert stored() == 2


@pytest.mark.parametrize("key", ["", "a" * 201, "\u00e9", "a\tb"])
def test_a_key_that_is_no_key_is_refused(client, ada, path, key) -> None:
    headers = ada | {"Idempotency-Key": key}
    answer = client.post(path, json={"answers": {"q1": RIGHT}}, headers=headers)
    assert answer.status_code == 422
    assert answer.json["error"]["faults"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer xg_nothing",
        "Basic YTpi",
        "Bearer \u00e9",
        "Bearer " + "a" * 9000,
    ],
)
def test_without_a_good_token_nothing_opens(client, path, header, stored) -> None:
    headers = {} if header is None else {"Authorization": header}
    for answer in (
        client.post(path, json={"answers": {"q1": RIGHT}}, headers=headers),
        client.get("/api/v1/assignments", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.json["error"]["code"] == "token_invalid"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert stored() == 0


def test_a_revoked_token_is_dead_at_once(ctx, client, classroom) -> None:
    issued = tokens.issue(ctx, classroom.student_id, "old", ("read",))
    headers = {"Authorization": f"Bearer {issued.token}"}
    assert client.get("/api/v1/assignments", headers=headers).status_code == 200
    tokens.revoke(ctx, classroom.student_id, issued.token_id)
    assert client.get("/api/v1/assignments", headers=headers).status_code == 401


def test_a_token_does_only_what_its_scope_says(client, bearer, classroom, path) -> None:
    reader = bearer(classroom.student_id, "read")
    assert client.get("/api/v1/assignments", headers=reader).status_code == 200
    assert client.post(path, json={"answers": {"q1": RIGHT}}, headers=reader).status_code == 401
    sender = bearer(classroom.student_id, "submit")
    assert client.get("/api/v1/assignments", headers=sender).status_code == 401


def test_a_session_may_read_but_never_write(enter, classroom, path, stored) -> None:
    student = enter(classroom.student_id)
    assert student.get("/api/v1/assignments").status_code == 200
    assert student.client.post(path, json={"answers": {"q1": RIGHT}}).status_code == 401
    assert stored() == 0


@pytest.mark.parametrize(
    "body",
    [
        {"answers": {"q1": RIGHT | {"score": 9}}},
        {"answers": {"q1": RIGHT}, "score": 9},
        {"answers": {"q1": RIGHT}, "person_id": "someone"},
        {"answers": {"q1": RIGHT}, "attempt": 7},
        {"answers": {}},
        {"answers": []},
        {"answers": {"q1": "text"}},
        {"answers": {"q1": {"text": "no kind"}}},
        {},
        [],
        None,
        "text",
    ],
)
def test_what_is_not_in_the_form_is_refused(client, ada, path, body, stored) -> None:
    answer = client.post(path, json=body, headers=ada)
    assert answer.status_code == 422
    assert answer.json["error"]["faults"]
    assert all(fault["remedy"] for fault in answer.json["error"]["faults"])
    assert stored() == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"answers": {"q1": {"kind": "tensor"}}, "answers": {}}',
        b'{"answers": {"q1": {"kind": "tensor", "text": NaN}}}',
        b'{"answers": {"q1": {"kind": "text", "text": "\\u0000"}}}',
        b'{"answers": {"q1": {"kind": "text", "text": "\\ud800"}}}',
        b'{"answers": ' + b"[" * 50_000,
        b'{"answers": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_not_strict_json_is_refused(client, ada, path, raw) -> None:
    answer = client.post(path, data=raw, headers=ada, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "invalid"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "image/png", ""]
)
def test_another_content_type_is_refused_with_the_two_that_work(client, ada, path, kind) -> None:
    answer = client.post(path, data=b"answers=1", headers=ada, content_type=kind)
    assert answer.status_code == 422
    assert "application/json" in answer.json["error"]["faults"][0]["remedy"]


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("q1", {"kind": "tensor", "text": "[1, two, 3, 4]"}, "two"),
        ("q1", {"kind": "tensor", "text": "[1, 2]"}, "2 numbers"),
        ("q1", {"kind": "code", "files": {"a.py": ""}}, "empty"),
        ("q1", {"kind": "code", "files": {"a.sh": "ls"}}, "not a .py file"),
        ("q1", {"kind": "pickle", "text": "x"}, "pickle"),
        ("q9", {"kind": "tensor", "text": "1"}, "q9"),
        ("q1'; --", {"kind": "tensor", "text": "1"}, ""),
    ],
)
def test_an_answer_that_cannot_be_read_names_its_question(
    client, ada, path, question, answer, said, stored
) -> None:
    refused = client.post(path, json={"answers": {question: answer}}, headers=ada)
    assert refused.status_code == 422
    fault = refused.json["error"]["faults"][0]
    assert question in fault["field"] + fault["message"]
    assert said in fault["message"]
    assert fault["remedy"]
    assert stored() == 0


def test_fifty_megabytes_are_refused_with_the_limit_named(client, ada, path) -> None:
    body = b'{"answers": "' + b"a" * (50 * 1024 * 1024)
    answer = client.post(path, data=body, headers=ada, content_type="application/json")
    assert answer.status_code == 413
    assert "limit of 10 MB" in answer.json["error"]["message"]


def test_an_unknown_assignment_is_404_in_the_one_shape(client, ada) -> None:
    unknown = "/api/v1/assignments/0198f000-0000-7000-8000-000000000000/submissions"
    answer = client.post(unknown, json={"answers": {"q1": RIGHT}}, headers=ada)
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "assignment_unknown"


def test_an_outsider_hands_nothing_in(client, bearer, classroom, path, stored) -> None:
    answer = client.post(
        path, json={"answers": {"q1": RIGHT}}, headers=bearer(classroom.outsider_id)
    )
    assert answer.status_code in (403, 404)
    assert stored() == 0


def test_another_student_reads_nothing(client, ada, bearer, classroom, path) -> None:
    mine = client.post(path, json={"answers": {"q1": RIGHT}}, headers=ada).json["id"]
    bob = bearer(classroom.other_student_id)
    for address in (f"/api/v1/submissions/{mine}", f"/api/v1/submissions/{mine}/events"):
        assert client.get(address, headers=bob).status_code == 404
    staff = bearer(classroom.grader_id)
    assert client.get(f"/api/v1/submissions/{mine}", headers=staff).status_code == 200


def test_events_are_a_redirect_with_a_ticket_for_this_submission(
    client, ada, path, settings
) -> None:
    mine = client.post(path, json={"answers": {"q1": RIGHT}}, headers=ada).json["id"]
    answer = client.get(f"/api/v1/submissions/{mine}/events", headers=ada)
    assert answer.status_code == 307
    there = urlsplit(answer.location)
    assert f"{there.scheme}://{there.netloc}" == settings.events_url
    assert there.path == f"/submissions/{mine}"
    ticket = parse_qs(there.query)["ticket"][0]
    assert ticket_is_valid(settings.secret_key, ticket, mine)
    assert not ticket_is_valid(settings.secret_key, ticket, mine[:-1] + "0")


def test_the_list_holds_the_callers_assignments_alone(client, ada, bearer, classroom) -> None:
    mine = client.get("/api/v1/assignments", headers=ada).json["assignments"]
    assert [one["id"] for one in mine] == [classroom.assignment_id]
    assert mine[0]["key"] == "autograd/paper-1"
    none = client.get("/api/v1/assignments", headers=bearer(classroom.outsider_id)).json
    assert none == {"assignments": []}


def test_a_wrong_form_is_told_in_words_of_the_api(app, bearer, classroom) -> None:
    path = f"/api/v1/assignments/{classroom.assignment_id}/submissions"
    for sent in ([], {}, {"answers": {}}, {"answers": {"q1": "[1]"}}, {"answers": {}, "role": 1}):
        answer = app.test_client().post(path, json=sent, headers=bearer(classroom.student_id))
        assert answer.status_code == 422
        said = " ".join(one["message"] for one in answer.json["error"]["faults"])
        assert not any(word in said for word in ("In.", "Dictionary", "Input", "validation")), said


@pytest.fixture
def assignment(classroom) -> str:
    return f"/api/v1/assignments/{classroom.assignment_id}"


def test_an_assignment_says_what_to_send(client, ada, assignment) -> None:
    asked = client.get(assignment, headers=ada).json
    assert (asked["key"], asked["max_score"], asked["may_submit"]) == ("autograd/paper-1", 9, True)
    found = {one["id"]: [kind["kind"] for kind in one["kinds"]] for one in asked["questions"]}
    assert found == {"q1": ["tensor", "code"], "q2a": ["expression"], "q2b": ["text"]}
    code, formula = asked["questions"][0]["kinds"][1], asked["questions"][1]["kinds"][0]
    assert (code["suffixes"], code["files"]) == ([".py"], [])
    assert formula["symbols"] == ["eta", "t", "o", "x"]
    assert not {"checks", "rubric"} & set(asked["questions"][0])


def test_a_choice_lists_its_options_as_the_page_orders_them(
    client, ada, ctx, classroom, enter, tmp_path
) -> None:
    (tmp_path / "assignment.yaml").write_text(
        "key: course/choice\ntitle: Choice\nquestions:\n  - {id: q, title: Q, points: 1,"
        " statement: Which one, answers: [{kind: choice, shuffle: true, options: ["
        + ", ".join(f"{{id: o{number}, text: Option {number}}}" for number in range(9))
        + "]}], checks: [{id: c, kind: choices, title: C, options: [{id: o0, points: 1}]}]}\n"
    )
    (tmp_path / "reference.py").write_text("")
    made = publish.publish(ctx, classroom.course_id, tmp_path)
    asked = client.get(f"/api/v1/assignments/{made}", headers=ada).json["questions"][0]["kinds"][0]
    page = enter(classroom.student_id).text(f"/assignments/{made}")
    assert [one["id"] for one in asked["options"]] == re.findall(
        r'name="pick\.q\.choice" value="(o\d)"', page
    )
    assert asked["at_most"] == 1


def test_nothing_is_read_before_the_opening_but_by_staff(
    client, ada, bearer, ctx, classroom, assignment
) -> None:
    policy = Policy(opens_at=ctx.clock() + timedelta(days=1))
    publish.publish(ctx, classroom.course_id, LIBRARY / "autograd" / "paper-1", policy)
    sealed = client.get(assignment, headers=ada).json
    assert (sealed["statement"], sealed["questions"], sealed["may_submit"]) == ("", [], False)
    assert "opens on" in sealed["why_not"]
    assert client.get(assignment, headers=bearer(classroom.grader_id)).json["questions"]


def test_the_callers_submissions_are_listed_and_nobody_elses(
    client, ada, bearer, classroom, assignment, path
) -> None:
    for text in ("[1, 2, 3, 4]", RIGHT["text"]):
        client.post(path, json={"answers": {"q1": RIGHT | {"text": text}}}, headers=ada)
    listed = client.get(path, headers=ada).json["submissions"]
    assert [(one["attempt"], one["state"]) for one in listed] == [(2, "queued"), (1, "queued")]
    assert listed[0]["links"]["self"].endswith(listed[0]["id"])
    other = client.get(path, headers=bearer(classroom.other_student_id))
    assert other.json == {"submissions": []}
    for address in (assignment, path):
        answer = client.get(address, headers=bearer(classroom.outsider_id))
        assert answer.status_code == 404


@pytest.mark.parametrize("scopes", [("submit",), ()])
def test_a_token_that_is_refused_says_what_to_do(client, bearer, classroom, path, scopes) -> None:
    unknown = {"Authorization": "Bearer xg_nobodys"}
    headers = bearer(classroom.student_id, *scopes) if scopes else unknown
    answer = client.get(path, headers=headers)
    assert answer.status_code == 401
    assert "xgrad admin token" in answer.json["error"]["faults"][0]["remedy"]
