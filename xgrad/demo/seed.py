"""Puts the demo's course, people, assignment and webhooks into a database, by the services."""

import contextlib
import secrets
from dataclasses import dataclass

from grader.bootstrap import Context
from grader.domain.errors import Conflict, SignInFailed
from grader.services import (
    courses,
    endpoints,
    lms_sources,
    people,
    publish,
    roster,
    signin,
    tokens,
)
from grader.store.queries import people as people_queries
from xgrad.assignments import resolve
from xgrad.demo.cast import BY_SCRIPT, CAST, Player
from xgrad.demo.cast import roster as csv_of_the_cast
from xgrad.faults import Fault
from xgrad.service import course_id, person_id

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
    """The demo course for `xgrad run`, the same every time. What is there already is left.

    A start that was stopped halfway is finished by the next. Raises Fault if somebody else than
    the demo made a person of the cast.
    """
    _demo_only(ctx)
    _make_cast(ctx)
    with contextlib.suppress(Conflict):
        courses.create(ctx, COURSE, TITLE)
    course = course_id(ctx, COURSE)
    with contextlib.suppress(Conflict):
        lms_sources.add(ctx, course, COURSE)
    roster.import_csv(ctx, None, course, csv_of_the_cast(), lms_source=COURSE)
    if publish.policy_of(ctx, course, PAPER) is None:
        publish.publish(ctx, course, resolve(PAPER))
    return CAST


def furnish(ctx: Context, receiver_url: str) -> Furnished:
    """A course of this demo's own, so that a database which had demos before is no hindrance.

    Raises Fault if somebody else than the demo made a person of the cast.
    """
    _demo_only(ctx)
    _make_cast(ctx)
    own = f"{COURSE}-{secrets.token_hex(4)}"
    course = courses.create(ctx, own, TITLE)
    source = lms_sources.add(ctx, course, own)
    roster.import_csv(ctx, None, course, csv_of_the_cast(), lms_source=own)
    assignment_id = publish.publish(ctx, course, resolve(PAPER))
    endpoint = endpoints.add(ctx, None, course, receiver_url)
    token = tokens.issue(ctx, person_id(ctx, BY_SCRIPT.username), "demo").token
    return Furnished(course, assignment_id, token, own, source.secret, endpoint.secret)


def _make_cast(ctx: Context) -> None:
    """Everyone of the cast is there, with the password that is printed; or nothing has changed."""
    with ctx.store.read() as session:
        there = [people_queries.by_username(session, player.username) for player in CAST]
    for found in there:
        if found is not None and not found.is_demo:
            raise Fault(
                f"The database has a person '{found.username}' whom the demo did not make, and "
                "whom it leaves alone. Name another database in DATABASE_URL, or another --folder."
            )
    for player, found in zip(CAST, there, strict=True):
        if found is None:
            people.create(ctx, player.username, player.name, password=player.password, is_demo=True)
        elif not _signs_in(ctx, player):
            people.set_password(ctx, found.id, player.password)


def _signs_in(ctx: Context, player: Player) -> bool:
    """Asked before a password is set anew: a new one ends the sessions that there are."""
    try:
        signin.check(ctx, player.username, player.password)
    except SignInFailed:
        return False
    return True


def _demo_only(ctx: Context) -> None:
    """Demo people have passwords that everyone knows."""
    if ctx.settings.mode != "demo":
        raise Fault(f"Demo people are made with XGRAD_MODE=demo only; it is {ctx.settings.mode}.")
