"""What the sandbox must run for one answer, hidden inputs included and expected values not."""

from rubrics.answers import ParsedAnswer, job_for, spec_for
from rubrics.check_base import Check
from rubrics.checks.case import Case, References
from rubrics.checks.hidden import Recorded
from rubrics.checks.over_cases import HIDDEN
from rubrics.checks.table import JOBS_OF_THEIR_OWN, PROBE, RECORD
from rubrics.job import Job
from rubrics.reference import AuthorError
from rubrics.schema import Question


def plan(
    question: Question, parsed: ParsedAnswer, references: References, seed: int
) -> dict[str, Job]:
    """Jobs by name: the question's id, "id/hidden" for its hidden checks, and "id/check/side" for
    what is measured by itself.

    A check whose author's code fails is left out; judging it will say so.
    """
    base = job_for(question, parsed)
    if base is None:
        return {}
    given = getattr(spec_for(question, parsed.kind), "given", ())
    beside = {name: references.author.sibling(name) for name in given}
    base = base.model_copy(update={"files": base.files | beside, "given": given})
    case = Case(question, parsed, None, references, seed)
    shared: list[Recorded] = []
    hidden: list[Recorded] = []
    probes: dict[bool, list[Recorded]] = {True: [], False: []}
    alone: dict[str, Job] = {}
    for check in question.checks:
        try:
            recorded = _recorded(check, case)
            if check.kind in JOBS_OF_THEIR_OWN:
                own = JOBS_OF_THEIR_OWN[check.kind]
                jobs = own(check, _with(base, recorded), references.author)
                alone |= {f"{question.id}/{check.id}/{side}": job for side, job in jobs.items()}
            elif check.hidden:
                hidden += recorded
            else:
                shared += recorded
            probes[check.hidden] += _probed(check, references)
        except AuthorError:
            continue
    # Probes come last: whatever the code does in one, all that earns points has been called.
    if hidden:
        alone[f"{question.id}/{HIDDEN}"] = _with(base, hidden + probes[True])
    return {question.id: _with(base, shared + probes[False])} | alone


def _recorded(check: Check, case: Case) -> tuple[Recorded, ...]:
    kind = getattr(check, "kind", "")
    if kind not in RECORD:
        return ()
    return case.recorded(check, RECORD[kind](check, case.author))


def _probed(check: Check, references: References) -> list[Recorded]:
    kind = getattr(check, "kind", "")
    probe = PROBE[kind](check, references) if kind in PROBE else None
    return [] if probe is None else [probe.recorded]


def _with(base: Job, recorded: list[Recorded] | tuple[Recorded, ...]) -> Job:
    inputs = {name: one for case in recorded for name, one in case.inputs.items()}
    return base.model_copy(update={"calls": tuple(one.call for one in recorded), "inputs": inputs})
