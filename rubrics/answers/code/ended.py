"""How a script ended, in a sentence for the student."""

from rubrics.job import Run

LONGEST = 300


def explain_end(run: Run) -> str:
    """What went wrong and in which line. Its words are the student's own: hostile text, cut."""
    parts = [run.explanation.strip()]
    if run.error is not None and not (run.explanation and run.error.message in run.explanation):
        parts.append(_error(run))
    said = " ".join(part for part in parts if part)
    return said or "Your script did not run to its end, so nothing could be read from it."


def _error(run: Run) -> str:
    error = run.error
    if error is None:
        return ""
    line = f" in line {error.line}" if error.line else ""
    message = " ".join(error.message.split())
    if len(message) > LONGEST:
        message = message[:LONGEST] + "…"
    return f"Your script stopped{line} with {error.type}" + (f": {message}" if message else ".")
