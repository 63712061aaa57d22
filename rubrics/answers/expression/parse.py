"""A formula: kept as it is. It is read in the sandbox, by a parser that evaluates nothing."""

from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer

MAX_CHARACTERS = 2000


def parse(spec: ExpressionSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Take the text. Raises MalformedAnswer for files, an empty text, one too long or garbled."""
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
    return ParsedAnswer(kind="expression", text=text)
