"""Reading the answers of a submission, torch-free, before anything is stored."""

from collections.abc import Mapping

from grader.domain.errors import AnswerMalformed, Fault
from rubrics.answers import MalformedAnswer, ParsedAnswer, RawAnswer, parse_answer
from rubrics.schema import Assignment


def read_answers(
    assignment: Assignment, answers: Mapping[str, RawAnswer]
) -> dict[str, ParsedAnswer]:
    """Every answer, read. Raises AnswerMalformed with all faults at once."""
    questions = {question.id: question for question in assignment.questions}
    parsed: dict[str, ParsedAnswer] = {}
    if not answers:
        nothing = Fault("answers", "No answer was given.", "Answer at least one question.")
        raise AnswerMalformed("Nothing was answered. No attempt was used.", nothing)
    faults = []
    for name, raw in answers.items():
        if name not in questions:
            faults.append(_unknown_question(name, questions))
            continue
        try:
            parsed[name] = parse_answer(questions[name], raw)
        except MalformedAnswer as fault:
            faults.append(Fault(fault.field, fault.message, fault.remedy))
    if faults:
        raise AnswerMalformed("Some answers cannot be read. No attempt was used.", *faults)
    return parsed


def _unknown_question(name: str, questions: Mapping[str, object]) -> Fault:
    remedy = f"Use one of {', '.join(questions)}."
    return Fault("answers", f"This assignment has no question {name[:40]!r}.", remedy)
