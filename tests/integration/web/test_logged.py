"""Whatever is refused is in the log, by method, path and status, and with nothing that was sent."""

import pytest
from structlog.testing import capture_logs

UNKNOWN = "0198f000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", f"/submissions/{UNKNOWN}", 404),
        ("get", "/assignments/..%2f..%2fetc%2fpasswd", 404),
        ("get", f"/api/v1/submissions/{UNKNOWN}", 404),
        ("post", "/sign-in", 400),
        ("post", "/lms/hooks/unknown", 404),
        ("delete", "/", 405),
        ("get", "/dashboard/courses/%00", 404),
    ],
)
def test_a_refusal_is_logged(enter, classroom, method, path, status) -> None:
    student = enter(classroom.student_id)
    with capture_logs() as logs:
        answer = student.client.open(
            path, method=method.upper(), data={"password": "a-secret-of-mine"}, buffered=True
        )
    assert answer.status_code == status, answer.text[:300]
    (told,) = [one for one in logs if one["event"] == "request"]
    assert (told["method"], told["status"]) == (method.upper(), status)
    assert "a-secret-of-mine" not in str(logs)
