"""The end of the demo: each grade beside what it must be, and one line that says whether it is."""

from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.store.queries.submissions import SubmissionView
from rubrics.grade import Grade, QuestionGrade
from xgrad import show
from xgrad.demo.acts import Submitted
from xgrad.demo.answers import EXPECTED, Expected
from xgrad.demo.counts import Counts


@dataclass(frozen=True)
class Result:
    """A submission, how it came, and how it stands in the database."""

    submitted: Submitted
    view: SubmissionView

    @property
    def faults(self) -> list[str]:
        """What is not as expected; empty if all is."""
        if self.view.grade is None:
            return ["it has no grade"]
        return compare(self.view.grade, EXPECTED[self.submitted.way])


def compare(grade: Grade, expected: Expected) -> list[str]:
    """Every difference between a grade and what it must be, in words."""
    first = grade.questions[0]
    reasons = reasons_of(first)
    rules = (
        (first.score == expected.score, f"question 1 scored {first.score}"),
        (first.outcome == expected.outcome, f"question 1 ended {first.outcome}"),
        (grade.score == expected.total, f"the total is {grade.score}"),
        (grade.provisional, "the total is not provisional"),
        (_named(reasons, expected.reason), f"the diagnosis is {reasons or 'missing'}"),
    )
    return [message for holds, message in rules if not holds]


def reasons_of(question: QuestionGrade) -> list[str]:
    """The diagnoses of a question, the likeliest first."""
    return [reason.text for check in question.checks for reason in check.diagnoses]


def _named(reasons: list[str], wanted: str | None) -> bool:
    """The wanted reason comes first; where none is wanted, none is given."""
    if wanted is None:
        return not reasons
    return bool(reasons) and wanted in reasons[0]


def table(console: Console, results: list[Result], base_url: str) -> None:
    """Print the grades, the times of each phase, and the address at which each was handed out."""
    grades = Table(title="Grades", title_justify="left")
    for heading in ("student", "came by", "live states", "question 1", "total", "why"):
        grades.add_column(heading, overflow="fold")
    times = Table(title="Milliseconds by phase, and the page", title_justify="left")
    for heading in ("student", "phases", "page"):
        times.add_column(heading, overflow="fold")
    for result in results:
        grades.add_row(*_row(result))
        name = result.submitted.player.name
        phases = ", ".join(f"{key} {ms:.0f}" for key, ms in result.view.phases.items())
        times.add_row(name, phases, f"{base_url}/submissions/{result.view.id}")
    console.print(grades)
    console.print(times)
    console.print("[dim]These pages end with the demo; `make run` serves its own.[/]")
    for result in results:
        for fault in result.faults:
            console.print(
                f"[red]Not as expected:[/] {escape(result.submitted.player.name)}: {fault}"
            )


def _row(result: Result) -> tuple[str, ...]:
    given, grade = result.submitted, result.view.grade
    live = " → ".join(given.states)
    if grade is None:
        return (given.player.name, given.way, live, "–", "–", "")
    first = grade.questions[0]
    question = f"{show.points(first.score, first.max_score)} {show.outcome(first.outcome)}"
    total = f"{show.points(grade.score, grade.max_score)} {show.outcome(grade.outcome)}"
    why = escape("\n".join(reasons_of(first)) or first.feedback)
    return (given.player.name, given.way, live, question, total, why)


def last_line(results: list[Result], counts: Counts, received: int) -> tuple[str, bool]:
    """The line that the demo ends with, and whether everything is as it must be."""
    expected = sum(not result.faults for result in results)
    wanted = len(EXPECTED)
    lost = (wanted - min(wanted, counts.graded)) + (wanted - min(wanted, received))
    line = (
        f"demo: submissions={counts.submissions} graded={counts.graded} expected={expected} "
        f"webhooks={received} lost={lost}"
    )
    numbers = {counts.submissions, counts.graded, expected, received, counts.delivered}
    return line, lost == 0 and numbers == {wanted}
