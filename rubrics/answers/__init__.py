"""Answer kinds: one folder each, all named in `KINDS`.

Everything a service needs to take an answer in is here, free of torch; what compares an answer
with the reference is the kind's `compare`, which the judge alone imports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rubrics.answers.choice.job import job as choice_job
from rubrics.answers.choice.parse import parse as parse_choice
from rubrics.answers.code.job import job as code_job
from rubrics.answers.code.parse import parse as parse_code
from rubrics.answers.expression.job import job as expression_job
from rubrics.answers.expression.parse import parse as parse_expression
from rubrics.answers.number.job import job as number_job
from rubrics.answers.number.parse import parse as parse_number
from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer
from rubrics.answers.scan.job import job as scan_job
from rubrics.answers.scan.parse import parse as parse_scan
from rubrics.answers.tensor.job import job as tensor_job
from rubrics.answers.tensor.parse import parse as parse_tensor
from rubrics.answers.text.job import job as text_job
from rubrics.answers.text.parse import parse as parse_text
from rubrics.job import Job

if TYPE_CHECKING:  # the schema is built from the kinds' specs, so it cannot be imported here
    from rubrics.schema import AnswerSpec, Question

__all__ = ["KINDS", "Kind", "MalformedAnswer", "ParsedAnswer", "RawAnswer", "job_for"]
__all__ += ["parse_answer", "spec_for"]


@dataclass(frozen=True)
class Kind:
    """How answers of one kind are read, and what the sandbox must run for them."""

    parse: Callable[[Any, RawAnswer, str], ParsedAnswer]
    job: Callable[[Any, ParsedAnswer], Job | None]


KINDS: dict[str, Kind] = {
    "number": Kind(parse_number, number_job),
    "tensor": Kind(parse_tensor, tensor_job),
    "expression": Kind(parse_expression, expression_job),
    "choice": Kind(parse_choice, choice_job),
    "code": Kind(parse_code, code_job),
    "text": Kind(parse_text, text_job),
    "scan": Kind(parse_scan, scan_job),
}


def spec_for(question: "Question", kind: str) -> "AnswerSpec":
    """What the question asks of answers of this kind. Raises MalformedAnswer if it takes none."""
    found = next((spec for spec in question.answers if spec.kind == kind), None)
    if found is None:
        taken = " or ".join(f"`{spec.kind}`" for spec in question.answers)
        message = f"This question does not take an answer of kind `{kind[:40]}`."
        raise MalformedAnswer(question.id, message, f"Send {taken}.")
    return found


def parse_answer(question: "Question", raw: RawAnswer) -> ParsedAnswer:
    """Read one answer. Raises MalformedAnswer, whose field is the question's id."""
    spec = spec_for(question, raw.kind)
    return KINDS[raw.kind].parse(spec, raw, question.id)


def job_for(question: "Question", parsed: ParsedAnswer) -> Job | None:
    """What the sandbox must run for this answer, or None."""
    job = KINDS[parsed.kind].job(spec_for(question, parsed.kind), parsed)
    forbidden = _forbidden(question)
    return job if job is None or not forbidden else job.model_copy(update={"forbidden": forbidden})


def _forbidden(question: "Question") -> tuple[str, ...]:
    """Names and constructs that any of its checks of the source forbids."""
    checks = [one for one in question.checks if one.kind == "source"]
    return tuple(name for one in checks for name in (*one.forbid, *one.forbid_constructs))
