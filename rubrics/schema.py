"""`assignment.yaml` as models; its JSON Schema is published at docs/assignment.schema.json."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from rubrics.answers.choice.spec import ChoiceSpec
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.answers.number.spec import NumberSpec
from rubrics.answers.scan.spec import ScanSpec
from rubrics.answers.tensor.spec import TensorSpec
from rubrics.answers.text.spec import TextSpec
from rubrics.check_base import Check, Id
from rubrics.check_specs import CheckSpec
from rubrics.grade import Frozen
from rubrics.parameters import Constraints, Parameters, Pool

AnswerSpec = Annotated[
    NumberSpec | TensorSpec | ExpressionSpec | ChoiceSpec | CodeSpec | TextSpec | ScanSpec,
    Field(discriminator="kind"),
]


class RubricItem(Frozen):
    """A line that a person ticks: worth `points`, or costing them when negative."""

    id: Id
    text: str = Field(min_length=1, max_length=500)
    points: float = Field(ge=-1000, le=1000)


def _share(points: Any, checks: list[Any], at: int) -> float | None:
    """The points of the check in place `at`; None where what was written is not sound anyway."""
    weights: list[Any] = [isinstance(one, dict) and one.get("weight", 1.0) for one in checks]
    if not all(isinstance(one, int | float) and one > 0 for one in [points, *weights]):
        return None
    return float(points * weights[at] / sum(weights))


class Question(Frozen):
    """One question. A student answers it in one of the kinds listed under `answers`.

    The question's points are shared among its checks by their weights. A person's check needs
    `rubric` items; their sum is kept between 0 and the check's points. A question with an
    `equivalent` check may have them too, for formulas that the machine cannot settle.
    `parameters` are drawn for each student, and stand in the texts as `{{name}}`.
    """

    id: Id
    title: str = Field(min_length=1, max_length=200)
    points: float = Field(gt=0, le=1000)
    statement: str = Field(min_length=1, max_length=50_000)
    answers: tuple[AnswerSpec, ...] = Field(min_length=1, max_length=8)
    checks: tuple[CheckSpec, ...] = Field(min_length=1, max_length=50)
    rubric: tuple[RubricItem, ...] = Field(default=(), max_length=50)
    required: bool = True
    parameters: Parameters = Field(default_factory=dict)
    constraints: Constraints = ()

    def points_of(self, check: Check) -> float:
        """This check's share of the question's points."""
        return self.points * check.weight / sum(one.weight for one in self.checks)

    @property
    def for_a_person(self) -> CheckSpec | None:
        """The check that a person decides: their own, or one that the machine may leave open."""
        kinds = ("person", "equivalent")
        return next((one for kind in kinds for one in self.checks if one.kind == kind), None)

    @model_validator(mode="before")
    @classmethod
    def _decidable(cls, data: Any) -> Any:
        """A formula that the machine cannot settle must be for a person to settle."""
        checks = data.get("checks") if isinstance(data, dict) else None
        if not isinstance(checks, list) or data.get("rubric"):
            return data
        kinds = [one.get("kind") if isinstance(one, dict) else None for one in checks]
        if "person" in kinds or "equivalent" not in kinds:
            return data
        points = _share(data.get("points"), checks, kinds.index("equivalent"))
        item = {"id": "right", "text": "The formula is equivalent to the right one."}
        return data if points is None else {**data, "rubric": [{**item, "points": points}]}


class AssignmentFile(Frozen):
    """The content of `assignment.yaml`. Statements are Markdown with TeX between dollars.

    Its `parameters` are drawn for each student and are known to every question.
    """

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}/[a-z0-9][a-z0-9_-]{0,59}$")
    title: str = Field(min_length=1, max_length=200)
    statement: str = Field(default="", max_length=50_000)
    reference: str = Field(default="reference.py", pattern=r"^[A-Za-z0-9_][\w-]{0,59}\.py$")
    questions: tuple[Question, ...] = Field(min_length=1, max_length=100)
    parameters: Parameters = Field(default_factory=dict)
    constraints: Constraints = ()
    variants: Pool = Pool()


class Assignment(AssignmentFile):
    """A loaded assignment: the file's content, its folder, and the digest of what defines it."""

    digest: str
    folder: Path

    @property
    def max_score(self) -> float:
        """The points of all questions."""
        return sum(question.points for question in self.questions)

    def question(self, question_id: str) -> Question:
        """The question of that id. Raises KeyError."""
        found = next((one for one in self.questions if one.id == question_id), None)
        if found is None:
            raise KeyError(question_id)
        return found


def json_schema() -> str:
    """The JSON Schema of `assignment.yaml`, for editors and for docs/assignment.schema.json."""
    schema = AssignmentFile.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"
