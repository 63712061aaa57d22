"""A formula: kept as it is, if it can be read. Grading reads it again, in the sandbox."""

from rubrics.answers.expression.formula import Unreadable, read
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer

MAX_CHARACTERS = 2000
MEND = "Change it and send it again."


def parse(spec: ExpressionSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Take the text. Raises MalformedAnswer for files, a text that is no formula."""
    if raw.files:
        message = "A file was sent where a formula is asked for."
        raise MalformedAnswer(field, message, "Type or paste the formula.")
    text = raw.text.strip()
    symbols = ", ".join(symbol.name for symbol in spec.symbols)
    remedy = f"Give one formula of {symbols}." if symbols else "Give one formula."
    if not text:
        raise MalformedAnswer(field, "The answer is empty.", remedy)
    if len(text) > MAX_CHARACTERS:
        message = f"The formula is longer than {MAX_CHARACTERS} characters."
        raise MalformedAnswer(field, message, remedy)
    if any(not one.isprintable() and one not in "\n\r\t\u00a0\u200b" for one in text):
        message = "The formula holds characters that cannot be shown."
        raise MalformedAnswer(field, message, "Type it again instead of pasting it.")
    try:
        read(text, spec.spellings)
    except Unreadable as fault:
        raise MalformedAnswer(field, f"The formula cannot be read. {fault}", MEND) from None
    return ParsedAnswer(kind="expression", text=text)
