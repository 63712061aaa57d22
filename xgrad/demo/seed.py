"""Puts the demo's course, people, assignment and webhooks into a database, by the services."""

import secrets
from dataclasses import dataclass

from grader.bootstrap import Context
from grader.domain.errors import Conflict
from grader.services import courses, endpoints, lms_sources, people, publish, roster, tokens
from grader.store.queries import people as people_queries
from xgrad.assignments import resolve
from xgrad.demo.cast import BY_SCRIPT, CAST, Player
from xgrad.demo.cast import roster as csv_of_the_cast
from xgrad.faults import Fault

PAPER = "autograd/paper-1"
COURSE = "demo"
TITLE = "Deep learning by hand"


@dataclass(frozen=True)
class Furnished:
    """What the demo needs to know of its course; the secrets are known to nobody else."""

    course_id: str
    assignment_id: str
    token: str
    source: str
    source_secret: str
    endpoint_secret: str


def settle(ctx: Context) -> tuple[Player, ...]:
    """The demo course for `xgrad run`: made once, the same people every time."""
    _demo_only(ctx)
    try:
        course_id = courses.create(ctx, COURSE, TITLE)
    except Conflict:
        return CAST
    lms_sources.add(ctx, course_id, COURSE)
    _people(ctx, course_id, COURSE)
    publish.publish(ctx, course_id, resolve(PAPER))
    return CAST


def furnish(ctx: Context, receiver_url: str) -> Furnished:
    """A course of this demo's own, so that a database which had demos before is no hindrance."""
    _demo_only(ctx)
    own = f"{COURSE}-{secrets.token_hex(4)}"
    course_id = courses.create(ctx, own, TITLE)
    source = lms_sources.add(ctx, course_id, own)
    _people(ctx, course_id, own)
    assignment_id = publish.publish(ctx, course_id, resolve(PAPER))
    endpoint = endpoints.add(ctx, None, course_id, receiver_url)
    token = tokens.issue(ctx, _id_of(ctx, BY_SCRIPT), "demo").token
    return Furnished(course_id, assignment_id, token, own, source.secret, endpoint.secret)


def _people(ctx: Context, course_id: str, source: str) -> None:
    roster.import_csv(ctx, None, course_id, csv_of_the_cast(), lms_source=source)
    for player in CAST:
        people.set_password(ctx, _id_of(ctx, player), player.password)


def _id_of(ctx: Context, player: Player) -> str:
    with ctx.store.read() as session:
        found = people_queries.by_username(session, player.username)
    if found is None:
        raise Fault(f"The roster did not make {player.username}.")
    return found.id


def _demo_only(ctx: Context) -> None:
    """Demo people have passwords that everyone knows."""
    if ctx.settings.mode != "demo":
        raise Fault(f"Demo people are made with XGRAD_MODE=demo only; it is {ctx.settings.mode}.")
