"""Ids of the chosen options, separated by commas, spaces or line breaks."""

import re

from rubrics.answers.choice.spec import ChoiceSpec
from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer

MAX_CHARACTERS = 4000


def parse(spec: ChoiceSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """`data` is {"chosen": [id, ...]}, in the author's order. Raises MalformedAnswer."""
    if raw.files:
        message = "A file was sent where a choice is asked for."
        raise MalformedAnswer(field, message, "Send the ids of the options.")
    given = set(re.split(r"[\s,;]+", raw.text[:MAX_CHARACTERS].strip())) - {""}
    ids = [one.id for one in spec.options]
    unknown = sorted(given - set(ids))
    if unknown:
        message = f"There is no option `{unknown[0][:40]}`."
        raise MalformedAnswer(field, message, f"Choose from {', '.join(ids)}.")
    chosen = [one for one in ids if one in given]
    if not chosen:
        raise MalformedAnswer(field, "Nothing is chosen.", "Choose an option.")
    most = (spec.at_most or len(ids)) if spec.many else 1
    if len(chosen) > most:
        message = f"{len(chosen)} options are chosen."
        allowed = "one" if most == 1 else f"at most {most}"
        raise MalformedAnswer(field, message, f"Choose {allowed}.")
    return ParsedAnswer(kind="choice", text=", ".join(chosen), data={"chosen": list(chosen)})
