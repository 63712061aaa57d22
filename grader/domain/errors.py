"""Every refusal a person or a program can meet, with its HTTP status.

Refusal
├── AssignmentUnknown 404      ├── AnswerMalformed 422
├── NotFound 404               ├── TooLarge 413
├── NotEnrolled 403            ├── SignInFailed 401
├── NotOpen 403                ├── TokenInvalid 401
├── Closed 403                 ├── SignatureInvalid 400
├── AttemptsSpent 403          ├── Conflict 409
├── CoolingDown 429            ├── Invalid 422
└── Unavailable 503
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the field it is in, what is wrong with it, and the remedy."""

    field: str
    message: str
    remedy: str


class Refusal(Exception):
    """A request that was understood and is refused; the person can act on what it says."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(self, message: str, *faults: Fault) -> None:
        super().__init__(message)
        self.message = message
        self.faults = faults


class AssignmentUnknown(Refusal):
    """No such assignment, or none that this person may know of."""

    code = "assignment_unknown"
    status = 404


class NotFound(Refusal):
    """No such thing, or none that this person may know of."""

    code = "not_found"
    status = 404


class NotEnrolled(Refusal):
    """The person has no role, or not the role needed, in the course."""

    code = "not_enrolled"
    status = 403


class NotOpen(Refusal):
    """The assignment has not opened yet."""

    code = "not_open"
    status = 403


class Closed(Refusal):
    """The assignment takes nothing any more."""

    code = "closed"
    status = 403


class AttemptsSpent(Refusal):
    """Every attempt has been used."""

    code = "attempts_spent"
    status = 403


class CoolingDown(Refusal):
    """Too soon after the last attempt; `retry_at` (aware, UTC) says when."""

    code = "cooling_down"
    status = 429

    def __init__(self, message: str, retry_at: datetime, *faults: Fault) -> None:
        super().__init__(message, *faults)
        self.retry_at = retry_at


class AnswerMalformed(Refusal):
    """Answers that cannot be read; one fault each."""

    code = "answer_malformed"
    status = 422


class Invalid(Refusal):
    """Any other input that cannot be used; one fault each."""

    code = "invalid"
    status = 422


class TooLarge(Refusal):
    """More bytes than the service takes."""

    code = "too_large"
    status = 413


class SignInFailed(Refusal):
    """Wrong name or password; which of the two is never said."""

    code = "sign_in_failed"
    status = 401


class TokenInvalid(Refusal):
    """An API token that is unknown, revoked, expired, or lacks the scope."""

    code = "token_invalid"
    status = 401


class SignatureInvalid(Refusal):
    """A webhook that is not signed by its source, or too old."""

    code = "signature_invalid"
    status = 400


class Conflict(Refusal):
    """The request contradicts what is stored."""

    code = "conflict"
    status = 409


class Unavailable(Refusal):
    """Something of ours that this needs is not there; the same request may succeed later."""

    code = "unavailable"
    status = 503
