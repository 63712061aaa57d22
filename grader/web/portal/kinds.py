"""How each kind of answer is asked for on the page; a kind not named here gets a text box."""

from typing import NamedTuple

from rubrics.schema import Question


class Kind(NamedTuple):
    """The words above an input, and the template that draws it."""

    label: str
    template: str


KINDS: dict[str, Kind] = {
    "tensor": Kind("Type the numbers", "portal/kinds/tensor.html"),
    "code": Kind("Upload a script", "portal/kinds/code.html"),
    "text": Kind("Write your answer", "portal/kinds/text.html"),
}


def kind_of(name: str) -> Kind:
    return KINDS.get(name, Kind("Your answer", "portal/kinds/text.html"))


def takes_files(name: str) -> bool:
    return name == "code"


def first_kind(question: Question) -> str:
    return question.answers[0].kind
