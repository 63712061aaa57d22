"""The OpenAPI document, and a page to read and try it."""

from typing import cast

from apiflask import APIFlask
from flask import Response, current_app, jsonify, render_template

from grader.web.api import api


@api.get("/openapi.json")
@api.doc(hide=True)
def openapi() -> Response:
    """The API as an OpenAPI 3.1 document."""
    return jsonify(cast(APIFlask, current_app).spec)


@api.get("/docs")
@api.doc(hide=True)
def docs_page() -> str:
    """Swagger UI, from our own files."""
    return render_template("api/docs.html")
