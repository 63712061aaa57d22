"""Prose: kept as it is, but for control characters, within the words asked for."""

from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer
from rubrics.answers.text.spec import TextSpec

CHARACTERS_A_WORD = 40
"""Words have no upper length, so the whole is capped at this many characters a word allowed."""


def parse(spec: TextSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Take the text; `data` is {"words": how many}. Raises MalformedAnswer."""
    if raw.files:
        message = "A file was sent where text is asked for."
        raise MalformedAnswer(field, message, "Paste the text itself.")
    text = _plain(raw.text)
    words = len(text.split())
    if not words:
        raise MalformedAnswer(field, "The answer is empty.", "Write an answer, or leave it out.")
    if words > spec.max_words or len(text) > spec.max_words * CHARACTERS_A_WORD:
        message = f"The answer has {words} words, at most {spec.max_words} are taken."
        raise MalformedAnswer(field, message, "Shorten it.")
    return ParsedAnswer(kind="text", text=text, data={"words": words})


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(one for one in lines if one == "\n" or one.isprintable()).strip()
