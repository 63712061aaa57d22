"""Draw one student's variant of an assignment from a seed, and put it into the statements.

Torch-free. The same seed gives the same variant on every version of Python: a draw uses nothing of
`random.Random` but `.random()` seeded by an integer, whose sequence the language guarantees.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rubrics.constraints import ConstraintFault, holds
from rubrics.parameters import Parameter
from rubrics.placeholders import Value, filled
from rubrics.schema import Assignment, AssignmentFile, Question

MOST_TRIES = 2000

Content = TypeVar("Content", AssignmentFile, Assignment)


class Params(Mapping[str, Value]):
    """The values of one variant, by name and as attributes; vectors are tuples.

    An author's function takes them as `params`: `torch.tensor(params.x)`.
    """

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(f"there is no parameter `{name}`") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._values)))

    def __repr__(self) -> str:
        return ", ".join(f"{name} = {_shown(value)}" for name, value in self._values.items())


@dataclass(frozen=True)
class Variant:
    """What one student gets: its number in the pool, and each question's values by its id.

    `shared` are the assignment's own parameters, which every question has too.
    """

    number: int
    shared: Params
    questions: Mapping[str, Params]

    @property
    def values(self) -> dict[str, str]:
        """Every value once, as text, for staff: by its name, or `question.name`."""
        every: dict[str, Value] = dict(self.shared)
        for question, values in self.questions.items():
            own = values.keys() - self.shared.keys()
            every |= {f"{question}.{name}": values[name] for name in values if name in own}
        return {name: _shown(value) for name, value in every.items()}


def varied(assignment: AssignmentFile) -> bool:
    """Whether students get different variants."""
    return bool(assignment.parameters or any(one.parameters for one in assignment.questions))


def number_of(assignment: AssignmentFile, seed: int) -> int:
    """Which variant of the pool a seed (any integer) stands for; 0 where there are none.

    Whose variant is skipped later gets another; everybody else's stays the same.
    """
    if not varied(assignment):
        return 0
    pool, number, tried = assignment.variants, seed % assignment.variants.count, 0
    while number in pool.skip:
        number = int(_source(f"{seed}/{tried}").random() * pool.count)
        tried += 1
    return number


def draw(assignment: AssignmentFile, seed: int) -> Variant:
    """The variant of a seed. Raises ConstraintFault if no draw meets the constraints."""
    return draw_number(assignment, number_of(assignment, seed))


def draw_number(assignment: AssignmentFile, number: int) -> Variant:
    """The variant of that number. Raises ConstraintFault if no draw meets the constraints."""
    shared = _drawn(f"{number}", assignment.parameters, assignment.constraints, {})
    questions = {
        one.id: Params(_drawn(f"{number}/{one.id}", one.parameters, one.constraints, shared))
        for one in assignment.questions
    }
    return Variant(number, Params(shared), questions)


def shown(assignment: Content, variant: Variant) -> Content:
    """The assignment with the variant's values in place of every `{{name}}`."""
    if not varied(assignment):
        return assignment
    questions = tuple(
        question_shown(one, variant.questions[one.id]) for one in assignment.questions
    )
    statement = filled(assignment.statement, variant.shared)
    return assignment.model_copy(update={"questions": questions, "statement": statement})


def question_shown(question: Question, values: Params) -> Question:
    """The question with these values in its statement, options and formulas."""
    if not values:
        return question
    skip = {"parameters", "constraints"}
    told = {
        name: part if name in skip else _replaced(part, values, name)
        for name, part in question.model_dump().items()
    }
    return Question.model_validate(told)


def _drawn(
    scope: str,
    parameters: Mapping[str, Parameter],
    constraints: tuple[str, ...],
    known: Mapping[str, Value],
) -> dict[str, Value]:
    for tried in range(MOST_TRIES):
        values = dict(known)
        for name, one in parameters.items():
            values[name] = _value(one, _source(f"{scope}/{name}/{tried}"))
        if all(holds(constraint, values) for constraint in constraints):
            return values
    raise ConstraintFault(f"no draw of {MOST_TRIES} meets every constraint")


def _source(name: str) -> random.Random:
    # A stream of its own for each name: a new parameter changes no value of the others.
    return random.Random(int.from_bytes(hashlib.sha256(name.encode()).digest()))  # noqa: S311


def _value(one: Parameter, source: random.Random) -> Value:
    found: list[Any] = []
    while len(found) < one.entries:
        value = one.value(int(source.random() * one.count))
        if value not in one.exclude and not (one.distinct and value in found):
            found.append(value)
    if not one.size:
        return found[0]  # type: ignore[no-any-return]
    if len(one.size) == 1:
        return tuple(found)
    rows, columns = one.size
    return tuple(tuple(found[row * columns : (row + 1) * columns]) for row in range(rows))


def _replaced(part: Any, values: Params, field: str) -> Any:
    if isinstance(part, str):
        return filled(part, values, formula=field == "formula")
    if isinstance(part, dict):
        return {key: _replaced(one, values, key) for key, one in part.items()}
    if isinstance(part, list | tuple):
        return [_replaced(one, values, field) for one in part]
    return part


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_shown(one) for one in value) + "]"
    return str(value)
