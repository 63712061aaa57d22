"""`xgrad new`: a small assignment to change into one's own, which passes `xgrad check`."""

import re
from pathlib import Path

import click

from xgrad.faults import EXIT_USAGE, Fault

TEMPLATE = Path(__file__).parent.parent / "template"
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}/[a-z0-9][a-z0-9_-]{0,59}")
PLACEHOLDER = "course/name"


@click.command()
@click.argument("key", metavar="COURSE/NAME")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where courses are kept; the assignment goes to FOLDER/COURSE/NAME.  [default: here]",
)
def new(key: str, folder: Path) -> None:
    """Make an assignment named COURSE/NAME, with a question of every usual kind.

    It has parameters, typed numbers, a script, a function, text for a person, and samples: right,
    wrong, empty, malformed and hostile ones. It passes `xgrad check` as it is.
    """
    if not KEY.fullmatch(key):
        said = "use lower-case letters, digits, - and _, as in linear-algebra/homework-1"
        raise Fault(f"'{key}' is not a name of the form COURSE/NAME: {said}.", EXIT_USAGE)
    target = folder / key
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Fault(f"{target} is there already: choose another name, or remove it.")
    _write(target, key)
    click.echo(f"{target} is made. Change it, and check it with: xgrad check {target}")


def _write(target: Path, key: str) -> None:
    for source in sorted(TEMPLATE.rglob("*")):
        if not source.is_file() or "__pycache__" in source.parts:
            continue
        file = target / source.relative_to(TEMPLATE)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source.read_text("utf-8").replace(PLACEHOLDER, key), "utf-8")
