"""The OpenAPI document: made from the routes and models, then finished by hand where both fall
short (two request bodies, one error shape, plain names)."""

from typing import Any

from apiflask import APIFlask
from pydantic.json_schema import models_json_schema

from grader.web.api.models import ErrorOut, SubmissionIn

REF = "#/components/schemas/{model}"
_SUBMIT = "/api/v1/assignments/{assignment_id}/submissions"
_ERRORS = {
    "400": "The request cannot be read.",
    "401": "No valid token, or it lacks the scope.",
    "403": "Not enrolled, not open, closed, or no attempt left.",
    "404": "No such thing, or none that you may see.",
    "409": "The Idempotency-Key was used with other answers.",
    "413": "More than the service takes.",
    "422": "An answer that cannot be read; `faults` names each with its remedy.",
    "429": "Too soon or too often; see Retry-After.",
}
_READ_ERRORS = ("401", "404", "429")


def describe(app: APIFlask) -> None:
    """Title, sign-in and the finishing of the document."""
    app.security_schemes = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "A token of yours, `xg_…`."}
    }
    app.config["INFO"] = {
        "description": "Hand in answers, follow them, and read their grades.",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    app.config["SERVERS"] = [{"url": "/"}]
    app.spec_processor(_finish)


def _finish(spec: dict[str, Any] | str) -> dict[str, Any] | str:
    return finish(spec) if isinstance(spec, dict) else spec


def finish(spec: dict[str, Any]) -> dict[str, Any]:
    """The document with plain model names, our error shape, and both request bodies."""
    spec = _plain_names(spec)
    schemas = spec["components"]["schemas"]
    _, extra = models_json_schema(
        [(SubmissionIn, "validation"), (ErrorOut, "serialization")], ref_template=REF
    )
    schemas.update(extra["$defs"])
    for name in ("HTTPError", "ValidationError"):
        schemas.pop(name, None)
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            _errors(operation, path, method)
    spec["paths"][_SUBMIT]["post"].update(_submit_details())
    return spec


def _errors(operation: dict[str, Any], path: str, method: str) -> None:
    kept = {code: what for code, what in operation["responses"].items() if code[0] in "235"}
    if path.startswith("/api/"):
        codes = _ERRORS if method == "post" else {code: _ERRORS[code] for code in _READ_ERRORS}
        shape = {"application/json": {"schema": {"$ref": REF.format(model="ErrorOut")}}}
        kept |= {code: {"description": text, "content": shape} for code, text in codes.items()}
    if "503" in kept:  # readiness answers in its own shape, whether ready or not
        kept["503"]["content"] = kept["200"]["content"]
    operation["responses"] = kept


def _submit_details() -> dict[str, Any]:
    typed = {"$ref": REF.format(model="SubmissionIn")}
    form = {
        "type": "object",
        "properties": {
            "answers": {
                "type": "string",
                "contentMediaType": "application/json",
                "description": 'The answers object of the JSON body, as `{"answers": …}`.',
            }
        },
        "additionalProperties": {"type": "string", "contentMediaType": "application/octet-stream"},
        "description": "File parts are named by the question they answer.",
    }
    content = {"application/json": {"schema": typed}, "multipart/form-data": {"schema": form}}
    return {
        "requestBody": {"required": True, "content": content},
        "parameters": [
            {"name": "assignment_id", "in": "path", "required": True, "schema": {"type": "string"}},
            {
                "name": "Idempotency-Key",
                "in": "header",
                "schema": {"type": "string", "minLength": 1, "maxLength": 200},
                "description": "The same key and answers are one submission.",
            },
        ],
    }


def _plain_names(node: Any) -> Any:
    """`Out.Grade` → `Grade`, in names and references."""
    if isinstance(node, dict):
        return {_plain(key): _plain_names(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain_names(one) for one in node]
    return _plain(node) if isinstance(node, str) and node.startswith("#/") else node


def _plain(name: str) -> str:
    head, _, tail = name.rpartition("/")
    is_model = tail.count(".") == 1 and tail.split(".")[0].isidentifier() and tail[0].isupper()
    if not is_model or (head and not head.startswith("#/components")):
        return name
    plain = tail.split(".")[1]
    return f"{head}/{plain}" if head else plain
