"""What a question asks for, in the words of the API: enough to hand an answer in."""

from grader.web.api.models import KindOut, OptionOut, QuestionOut
from rubrics.answers.choice.spec import ChoiceSpec
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.schema import AnswerSpec, Question


def question_out(question: Question, person_id: str) -> QuestionOut:
    """The question with its kinds of answer; what is right, and how it is checked, is not in it."""
    return QuestionOut(
        id=question.id,
        title=question.title,
        points=question.points,
        required=question.required,
        statement=question.statement,
        kinds=[_kind(spec, person_id + question.id) for spec in question.answers],
    )


def _kind(spec: AnswerSpec, order_key: str) -> KindOut:
    choice = spec if isinstance(spec, ChoiceSpec) else None
    # In the order of the person's page: the author's own order may give the right one away.
    options = choice.in_order(order_key) if choice else ()
    return KindOut(
        kind=spec.kind,
        options=[OptionOut(id=one.id, text=one.text) for one in options],
        at_most=_most(choice) if choice else None,
        symbols=[one.name for one in spec.symbols] if isinstance(spec, ExpressionSpec) else [],
        suffixes=list(getattr(spec, "suffixes", ())),
        files=[spec.entry, *spec.files] if isinstance(spec, CodeSpec) and spec.files else [],
        given=list(spec.given) if isinstance(spec, CodeSpec) else [],
    )


def _most(spec: ChoiceSpec) -> int:
    return (spec.at_most or len(spec.options)) if spec.many else 1
