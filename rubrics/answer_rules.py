"""How checks must fit the kinds of answer of their question; `rubrics.rules` names the rules."""

from collections.abc import Iterator

from rubrics.answer_check_specs import ChoicesCheck, EquivalentCheck
from rubrics.answers.choice.spec import ChoiceSpec
from rubrics.answers.expression.formula import Unreadable, read
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.schema import AssignmentFile, Question

Path_ = tuple[str | int, ...]
Found = Iterator[tuple[Path_, str]]

ANY = frozenset({"person"})
FITS: dict[str, frozenset[str]] = {
    "values": frozenset({"number", "tensor", "code"}),
    "equivalent": frozenset({"expression"}),
    "choices": frozenset({"choice"}),
}
"""The kinds of answer that a check can judge; a check named nowhere here judges code."""

LACKS = {"values": "no values", "equivalent": "no formula", "choices": "no choice"}


def checks_fit_answers(assignment: AssignmentFile) -> Found:
    """Every check must be able to judge every kind of answer that its question takes."""
    for at, question in enumerate(assignment.questions):
        for index, check in enumerate(question.checks):
            if check.kind in ANY:
                continue
            fitting = FITS.get(check.kind, frozenset({"code"}))
            other = [spec.kind for spec in question.answers if spec.kind not in fitting]
            if other:
                lacks = LACKS.get(check.kind, "no code")
                yield (
                    ("questions", at, "checks", index, "kind"),
                    f"a `{other[0]}` answer holds {lacks}: use a `person` check, or drop that kind",
                )


def formulas_can_be_read(assignment: AssignmentFile) -> Found:
    """The author's formulas must be of the symbols that the question declares."""
    for at, question in enumerate(assignment.questions):
        asked = _expression(question)
        for index, check in enumerate(question.checks):
            if not isinstance(check, EquivalentCheck) or asked is None:
                continue
            here = ("questions", at, "checks", index)
            yield from _readable(check.formula, asked, (*here, "formula"))
            for place, mistake in enumerate(check.mistakes):
                yield from _readable(mistake.formula, asked, (*here, "mistakes", place, "formula"))


def _readable(formula: str, asked: ExpressionSpec, at: Path_) -> Found:
    try:
        read(formula, asked.spellings)
    except Unreadable as fault:
        yield at, str(fault)


def _expression(question: Question) -> ExpressionSpec | None:
    return next((one for one in question.answers if isinstance(one, ExpressionSpec)), None)


def choices_add_up(assignment: AssignmentFile) -> Found:
    """Checked options are among those offered, and the right ones are worth the check's points."""
    for at, question in enumerate(assignment.questions):
        offered = next((one for one in question.answers if isinstance(one, ChoiceSpec)), None)
        for index, check in enumerate(question.checks):
            if isinstance(check, ChoicesCheck) and offered is not None:
                here = ("questions", at, "checks", index, "options")
                yield from _offered(check, offered, here)
                yield from _worth(check, offered, question.points_of(check), here)


def _offered(check: ChoicesCheck, offered: ChoiceSpec, at: Path_) -> Found:
    ids = {one.id for one in offered.options}
    for index, option in enumerate(check.options):
        if option.id not in ids:
            yield (*at, index, "id"), f"the question offers no option `{option.id}`"
    most = (offered.at_most or len(ids)) if offered.many else 1
    if check.credit == "all" and len(check.right) > most:
        yield at, f"{len(check.right)} options are right, but at most {most} can be chosen"


def _worth(check: ChoicesCheck, offered: ChoiceSpec, points: float, at: Path_) -> Found:
    gains = sorted((one.points for one in check.options if one.points > 0), reverse=True)
    most = (offered.at_most or len(gains)) if offered.many else 1
    best = sum(gains[:most])
    if check.credit == "points" and abs(best - points) > 1e-9:
        yield at, f"the best choice earns {best:g} points, the check has {points:g}"
    listed = sum(one.points for one in check.options)
    all_of_them = offered.many and (offered.at_most or len(offered.options)) >= len(offered.options)
    right = len(check.right) == len(offered.options)
    if check.credit == "points" and all_of_them and not right and listed >= points - 1e-9:
        yield (
            at,
            "who chooses every option earns all the points: give wrong ones negative points, or"
            " say `credit: all`",
        )
