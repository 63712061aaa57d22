"""The OpenAPI document is whole, has the one grade shape, and agrees with what is answered."""

import jsonschema
import pytest

from rubrics.outcome import Outcome


@pytest.fixture
def spec(app):
    return app.test_client().get("/api/v1/openapi.json").json


def references(node) -> list[str]:
    if isinstance(node, dict):
        found = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return found + [one for value in node.values() for one in references(value)]
    if isinstance(node, list):
        return [one for value in node for one in references(value)]
    return []


def test_every_route_is_described(spec) -> None:
    assert set(spec["paths"]) == {
        "/api/v1/assignments",
        "/api/v1/assignments/{assignment_id}",
        "/api/v1/assignments/{assignment_id}/files/{name}",
        "/api/v1/assignments/{assignment_id}/submissions",
        "/api/v1/submissions/{submission_id}",
        "/api/v1/submissions/{submission_id}/events",
        "/healthz",
        "/readyz",
    }


def test_every_reference_leads_somewhere(spec) -> None:
    schemas = {f"#/components/schemas/{name}" for name in spec["components"]["schemas"]}
    assert set(references(spec)) <= schemas
    assert not any("." in name for name in schemas)


def test_the_grade_is_the_one_shape(spec) -> None:
    schemas = spec["components"]["schemas"]
    assert set(schemas["Outcome"]["enum"]) == {str(one) for one in Outcome}
    assert {"score", "max_score", "questions", "provisional"} <= set(schemas["Grade"]["properties"])
    assert "diagnoses" in schemas["CheckGrade"]["properties"]


def test_every_error_has_the_one_shape(spec) -> None:
    for path, item in spec["paths"].items():
        for operation in item.values():
            for status, response in operation["responses"].items():
                if status.startswith("4"):
                    schema = response["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/ErrorOut"}, (path, status)


def test_handing_in_has_both_bodies_and_the_key(spec) -> None:
    operation = spec["paths"]["/api/v1/assignments/{assignment_id}/submissions"]["post"]
    assert set(operation["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    assert {one["name"] for one in operation["parameters"]} == {"assignment_id", "Idempotency-Key"}
    assert {"202", "401", "404", "409", "413", "422", "429"} <= set(operation["responses"])


def test_answers_fit_their_schemas(app, spec, bearer, classroom) -> None:
    client, headers = app.test_client(), bearer(classroom.student_id)
    path = f"/api/v1/assignments/{classroom.assignment_id}/submissions"
    body = {"answers": {"q1": {"kind": "tensor", "text": "[1, 2, 3, 4]"}}}
    receipt = client.post(path, json=body, headers=headers).json
    seen = {
        "SubmissionIn": body,
        "ReceiptOut": receipt,
        "SubmissionOut": client.get(f"/api/v1/submissions/{receipt['id']}", headers=headers).json,
        "AssignmentDetailOut": client.get(
            f"/api/v1/assignments/{classroom.assignment_id}", headers=headers
        ).json,
        "SubmissionsOut": client.get(path, headers=headers).json,
        "AssignmentsOut": client.get("/api/v1/assignments", headers=headers).json,
        "ErrorOut": client.get("/api/v1/assignments").json,
    }
    for name, value in seen.items():
        schema = {"$ref": f"#/components/schemas/{name}", "components": spec["components"]}
        jsonschema.validate(value, schema)
