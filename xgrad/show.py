"""Grades as people read them: a table, the reasons below it."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rubrics.grade import Grade, QuestionGrade

COLOURS = {"correct": "green", "partial": "yellow", "needs_review": "cyan", "skipped": "dim"}


def points(score: float | None, of: float) -> str:
    """`3 / 4`, or `– / 4` while nobody knows."""
    return f"{'–' if score is None else f'{score:g}'} / {of:g}"


def outcome(name: str) -> str:
    """An outcome in its colour, for a rich table."""
    return f"[{COLOURS.get(name, 'red')}]{name}[/]"


def grade(console: Console, result: Grade, titles: dict[str, str]) -> None:
    """Print a grade: one row a question, its feedback and diagnoses, and the total."""
    table = Table(title=f"{result.assignment} · {result.student}", title_justify="left")
    for heading in ("question", "points", "outcome", "feedback"):
        table.add_column(heading, overflow="fold")
    for question in result.questions:
        title = escape(f"{question.id}  {titles.get(question.id, '')}")
        score = points(question.score, question.max_score)
        table.add_row(title, score, outcome(question.outcome), escape(words(question)))
    console.print(table)
    provisional = " (provisional: a part waits for a person)" if result.provisional else ""
    total = points(result.score, result.max_score)
    console.print(f"[bold]{total}[/] {outcome(result.outcome)}{provisional}")


def words(question: QuestionGrade) -> str:
    """The feedback of a question and of its checks, each sentence once, then the diagnoses."""
    texts = [question.feedback, *(check.feedback for check in question.checks)]
    texts += [reason.text for check in question.checks for reason in check.diagnoses]
    return "\n".join(dict.fromkeys(text for text in texts if text))


def times(phases: Sequence[tuple[str, float]]) -> str:
    """`run 12 ms, judge 3 ms`."""
    return ", ".join(f"{name} {ms:.0f} ms" for name, ms in phases)
