"""Can wrong results of calls be explained as the author wishes? `stages` and `derivative_of`."""

from collections.abc import Iterator, Sequence

from rubrics.checks.case import References
from rubrics.checks.derived import Derived, derived_of
from rubrics.checks.hidden import Author, Expected, Recorded
from rubrics.checks.slip_table import table_of
from rubrics.checks.stages import keys_of
from rubrics.checks.table import RECORD
from rubrics.code_check_specs import CallsCheck
from rubrics.findings import Finding
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question

NO_WHY = "wrong answers cannot be explained:"

Cases = Sequence[tuple[Recorded, Expected]]


def unexplained(question: Question, references: References, number: int) -> Iterator[Finding]:
    """What is wrong with how `calls` are to be explained, posed as that variant."""
    for check in question.checks:
        if isinstance(check, CallsCheck) and (check.stages or check.derivative_of):
            for part, said in _faults(check, question, references.author, number):
                message = f"{NO_WHY} {said}"
                yield Finding(question=question.id, check=check.id, message=message, part=(part,))


def _faults(
    check: CallsCheck, question: Question, author: Author, number: int
) -> Iterator[tuple[str, str]]:
    try:
        record = RECORD["calls"](check, author)
        key = (question.id, check.id, number)
        recorded = author.recorded(key, check.cases, check.call, record)
        cases = [(one, author.expected(one, check.names)) for one in recorded]
    except AuthorError:
        return  # told where the check itself is looked at
    derived = derived_of(check)
    if derived is not None:
        yield from (("derivative_of", said) for said in _never(author, derived, cases))
    try:
        for _, true in cases:
            keys_of(check.stages, true.plain["value"])
    except ValueError as fault:
        yield "stages", str(fault)


def _never(author: Author, derived: Derived, cases: Cases) -> Iterator[str]:
    """Why no case has a table of slips by every argument, if none has."""
    said: list[str] = []
    for one, _ in cases:
        try:
            found = derived.right(author, one)
            if not any(bool(gradient.any()) for gradient in found.true):
                continue  # zeros are the gradients of anything
            for at in range(len(found.true)):
                table_of(author, derived, found, at)
        except Exception as fault:
            said.append(f"{fault}")
        else:
            return
    yield from said[-1:]
