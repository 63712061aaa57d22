"""The refusals: their codes and statuses are part of the API."""

import pytest

from grader.domain import errors
from grader.domain.errors import Refusal

TABLE = {
    "AnswerMalformed": ("answer_malformed", 422),
    "AssignmentUnknown": ("assignment_unknown", 404),
    "AttemptsSpent": ("attempts_spent", 403),
    "Closed": ("closed", 403),
    "Conflict": ("conflict", 409),
    "CoolingDown": ("cooling_down", 429),
    "Invalid": ("invalid", 422),
    "NotEnrolled": ("not_enrolled", 403),
    "NotFound": ("not_found", 404),
    "NotOpen": ("not_open", 403),
    "SignInFailed": ("sign_in_failed", 401),
    "SignatureInvalid": ("signature_invalid", 400),
    "TokenInvalid": ("token_invalid", 401),
    "TooLarge": ("too_large", 413),
    "Unavailable": ("unavailable", 503),
}


def test_there_are_these_and_no_others():
    found = {one.__name__: (one.code, one.status) for one in Refusal.__subclasses__()}
    assert found == TABLE


@pytest.mark.parametrize(("name", "status"), [(name, row[1]) for name, row in TABLE.items()])
def test_the_tree_in_the_docstring_is_the_tree(name, status):
    assert f"{name} {status}" in errors.__doc__
