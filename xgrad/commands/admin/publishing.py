"""Assignments in courses, and the rules that hold for them there."""

from datetime import datetime
from typing import Any

import click

from grader.domain.policy import Policy
from grader.services import publish as publishing
from rubrics import loader
from xgrad.assignments import resolve
from xgrad.service import context, course_id


class _Date(click.DateTime):
    """A moment with its offset; click's own message would show strptime's codes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            example = "2027-03-01T23:59+01:00"
            self.fail(f"'{value}' is no date with time and offset, such as {example}.", param, ctx)


DATE = _Date(["%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z"])


@click.command()
@click.argument("course")
@click.argument("assignment")
@click.option(
    "--opens",
    type=DATE,
    metavar="DATE",
    help="When students see the questions and may begin to answer.",
)
@click.option("--due", type=DATE, metavar="DATE", help="Until when an answer is in time.")
@click.option("--closes", type=DATE, metavar="DATE", help="After which it takes nothing.")
@click.option("--attempts", type=click.IntRange(1), help="How many there are.")
@click.option("--cooldown", type=click.IntRange(0), help="Seconds between attempts.")
@click.option("--counts", type=click.Choice(["best", "last"]), help="Which attempt counts.")
@click.option(
    "--late-per-day",
    type=click.FloatRange(0, 1),
    help="Share of the score taken off per started day.",
)
@click.option("--grace", type=click.IntRange(0), help="Minutes that count as in time.")
@click.option("--only", is_flag=True, help="Drop the rules given before; only these hold.")
def publish(*, course: str, assignment: str, only: bool, **given: Any) -> None:
    """Publish an ASSIGNMENT (a key or a folder) in a COURSE; again to publish its new version.

    Rules given before stay where no new one is given, unless with --only. Dates carry their
    offset from UTC, such as 2027-03-01T23:59+01:00.
    """
    folder = resolve(assignment)
    with context() as ctx:
        course_key = course_id(ctx, course)
        before = None
        if not only:
            before = publishing.policy_of(ctx, course_key, loader.load(folder).key)
        policy = changed(before or Policy(), given)
        assignment_id = publishing.publish(ctx, course_key, folder, policy)
        page = f"{ctx.settings.base_url}/assignments/{assignment_id}"
    click.echo(f"Published {assignment}; students find it at {page}")
    click.echo(f"Rules: {words(policy)}")


def changed(before: Policy, given: dict[str, Any]) -> Policy:
    """The rules of before with those that the command line gives (None: not given) in place.

    Raises ValidationError if they do not go together.
    """
    late = {"grace_s": _seconds(given["grace"]), "per_day": given["late_per_day"]}
    if late["per_day"] is not None:
        late["steps"] = ()  # a penalty goes by day or by steps, never both
    rules = {
        "opens_at": given["opens"],
        "due_at": given["due"],
        "closes_at": given["closes"],
        "max_attempts": given["attempts"],
        "cooldown_s": given["cooldown"],
        "counts": given["counts"],
        "late": before.late.model_dump() | _given(late),
    }
    return Policy.model_validate(before.model_dump() | _given(rules))


def words(policy: Policy) -> str:
    """The rules that hold, in the words of the options."""
    late = policy.late
    rules = {
        "opens": _date(policy.opens_at),
        "due": _date(policy.due_at),
        "closes": _date(policy.closes_at),
        "attempts": policy.max_attempts or "any number",
        "cooldown": policy.cooldown_s,
        "counts": policy.counts,
        "late per day": late.per_day,
        "late steps": len(late.steps),
        "grace": late.grace_s // 60,
    }
    return ", ".join(f"{name} {value}" for name, value in rules.items() if value) + "."


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


def _date(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="minutes")
