"""How each kind of answer is asked for on the page: one row a kind."""

from typing import NamedTuple

from rubrics.schema import Question


class Kind(NamedTuple):
    """The words above an input, and the template that draws it."""

    label: str
    template: str


KINDS: dict[str, Kind] = {
    "number": Kind("Type a number", "portal/kinds/number.html"),
    "tensor": Kind("Type the numbers", "portal/kinds/tensor.html"),
    "expression": Kind("Write a formula", "portal/kinds/expression.html"),
    "choice": Kind("Choose", "portal/kinds/choice.html"),
    "code": Kind("Upload a script", "portal/kinds/code.html"),
    "text": Kind("Write your answer", "portal/kinds/text.html"),
    "scan": Kind("Upload your pages", "portal/kinds/scan.html"),
}


def kind_of(name: str) -> Kind:
    return KINDS[name]


def first_kind(question: Question) -> str:
    return question.answers[0].kind
