"""`xgrad grade`: grade files here and now, in the same sandbox and by the same judge."""

import getpass
import secrets
from pathlib import Path

import click
from rich.console import Console

from rubrics.answers import ParsedAnswer
from rubrics.grade import Grade
from rubrics.schema import Assignment
from rubrics.score import assemble
from rubrics.variants import draw, varied
from xgrad import answers, show
from xgrad.assignments import open_assignment
from xgrad.engines import engine


@click.command()
@click.argument("assignment")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--answer",
    "-a",
    "typed",
    multiple=True,
    metavar="QUESTION=TEXT",
    help="An answer typed here, such as q1='[0.5, 1.0]'; q1=@FILE reads a file.",
)
@click.option(
    "--seed",
    type=int,
    default=None,
    help="Seed of the variant and of hidden inputs (default: drawn).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the grade as JSON and nothing else.")
def grade(
    assignment: str,
    files: tuple[Path, ...],
    typed: tuple[str, ...],
    seed: int | None,
    as_json: bool,
) -> None:
    """Grade FILES as answers to ASSIGNMENT (a key such as autograd/paper-1, or a folder).

    A .py file answers the question that takes code; a .yaml or .json file holds answers by
    question; any other file is named after its question. The exit code is 0 whatever the grade.
    """
    loaded = open_assignment(assignment)
    parsed = answers.parse(loaded, answers.collect(loaded, files, typed))
    seed = secrets.randbits(62) if seed is None else seed
    result = _grade(loaded, parsed, seed)
    if varied(loaded):
        drawn = ", ".join(f"{name} = {one}" for name, one in draw(loaded, seed).values.items())
        click.echo(f"seed {seed}: {drawn}", err=True)
    if as_json:
        click.echo(result.model_dump_json(indent=2))
    else:
        titles = {question.id: question.title for question in loaded.questions}
        show.grade(Console(), result, titles)


def _grade(loaded: Assignment, parsed: dict[str, ParsedAnswer], seed: int) -> Grade:
    from workers.pipeline import grade as judge

    with engine(slots=1) as running:
        graded = judge(loaded, loaded.folder, parsed, seed, running)
    person = getpass.getuser()
    return assemble(loaded, person, 0, graded.questions, graded.use, graded.versions)
