"""What the API takes and gives, as models: the OpenAPI page is made from these."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from rubrics.grade import Grade


class Strict(BaseModel):
    """A field we do not know is an error: nobody sets a score or a role by adding one."""

    model_config = ConfigDict(extra="forbid")


class AnswerIn(Strict):
    """The answer to one question."""

    kind: str = Field(max_length=40, examples=["tensor"], description="A kind the question takes.")
    text: str = Field(default="", examples=["[0.9673, 1.6824, 2.0190, 579.9380]"])
    files: dict[str, str] = Field(
        default_factory=dict, description="Text files by name, where the kind takes files."
    )


class SubmissionIn(Strict):
    """Answers by question id."""

    answers: dict[str, AnswerIn] = Field(min_length=1, max_length=200)


class Links(BaseModel):
    """Where to look next; `events` is a stream of server-sent events."""

    self: str
    events: str
    page: str


class ReceiptOut(BaseModel):
    """A stored submission that waits for its grade."""

    id: str
    state: str
    attempt: int
    created: bool = Field(description="False when the Idempotency-Key had been used before.")
    links: Links


class SubmissionOut(BaseModel):
    """A submission, its place in the queue, and its grade as soon as there is one."""

    id: str
    assignment_id: str
    attempt: int
    submitted_at: datetime
    state: str = Field(description="queued, running, graded, needs_review or failed")
    final: bool = Field(description="Whether the grade is stored; review by a person may follow.")
    queue_position: int | None
    grade: Grade | None
    links: Links


class AssignmentOut(BaseModel):
    """An assignment of one of the caller's courses."""

    id: str
    key: str
    title: str
    course: str
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    attempts_left: int | None


class AssignmentsOut(BaseModel):
    """The caller's assignments."""

    assignments: list[AssignmentOut]


class OptionOut(BaseModel):
    """An option of a choice; its id is what an answer names. The text is Markdown."""

    id: str
    text: str


class KindOut(BaseModel):
    """A kind of answer that a question takes; null or empty where it does not apply."""

    kind: str
    options: list[OptionOut] = Field(description="Of a choice; send ids as text, by commas.")
    at_most: int | None = Field(description="Of a choice: how many options may be named.")
    symbols: list[str] = Field(description="Of an expression: the names that it may hold.")
    suffixes: list[str] = Field(description="Of files: the endings that are taken.")
    files: list[str] = Field(description="Of code in several files: the names, entry first.")
    given: list[str] = Field(description="Of code: files that lie beside it; `files/` has them.")


class QuestionOut(BaseModel):
    """A question as the caller reads it; the statement is Markdown with TeX between dollars."""

    id: str
    title: str
    points: float
    required: bool
    statement: str
    kinds: list[KindOut]


class AssignmentDetailOut(AssignmentOut):
    """An assignment with its questions; none before it opens."""

    max_score: float
    may_submit: bool
    why_not: str
    statement: str
    questions: list[QuestionOut]


class SubmissionLineOut(BaseModel):
    """One of the caller's submissions; its grade is at `links.self`."""

    id: str
    attempt: int
    submitted_at: datetime
    state: str = Field(description="queued, running, graded, needs_review or failed")
    outcome: str | None
    score: float | None
    max_score: float | None
    provisional: bool
    costs_attempt: bool
    counts: bool = Field(description="Whether its score is the one that counts.")
    links: Links


class SubmissionsOut(BaseModel):
    """The caller's submissions to an assignment, the newest first."""

    submissions: list[SubmissionLineOut]


class FaultOut(BaseModel):
    """One thing to mend."""

    field: str
    message: str
    remedy: str


class ErrorBody(BaseModel):
    """What went wrong, in a code for programs and words for people."""

    code: str
    message: str
    faults: list[FaultOut]


class ErrorOut(BaseModel):
    """The one error shape."""

    error: ErrorBody
