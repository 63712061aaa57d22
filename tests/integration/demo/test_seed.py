"""The demo's people: made whole however often it takes, and nobody outside of demo mode."""

import dataclasses
from typing import Any

import pytest
from sqlalchemy import func, select

from grader.bootstrap import Context
from grader.domain.errors import Conflict, Invalid, SignInFailed, TokenInvalid
from grader.services import courses, people, publish, roster, signin, tokens
from grader.store.models import AssignmentRow, CourseRow, EnrolmentRow, PersonRow
from grader.web import session
from xgrad.demo import seed
from xgrad.demo.cast import BY_HAND, CAST, INSTRUCTOR
from xgrad.faults import Fault


def in_mode(ctx: Context, mode: str) -> Context:
    return dataclasses.replace(ctx, settings=ctx.settings.model_copy(update={"mode": mode}))


@pytest.fixture
def demo(ctx: Context) -> Context:
    return in_mode(ctx, "demo")


@pytest.fixture
def production(ctx: Context) -> Context:
    return in_mode(ctx, "production")


def counts(ctx: Context) -> list[int]:
    tables = (CourseRow, PersonRow, EnrolmentRow, AssignmentRow)
    with ctx.store.read() as reading:
        return [reading.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def test_settling_twice_is_settling_once(demo: Context) -> None:
    for _ in range(2):
        assert seed.settle(demo) == CAST
        assert counts(demo) == [1, 4, 4, 1]
    for player in CAST:
        assert signin.check(demo, player.username, player.password).name == player.name


STEPS = [
    (courses, "create"),
    (seed.lms_sources, "add"),
    (people, "create"),
    (roster, "import_csv"),
    (publish, "publish"),
]


@pytest.mark.parametrize(("module", "step"), STEPS, ids=lambda one: getattr(one, "__name__", one))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_start_killed_at_any_step_is_finished_by_the_next(
    demo: Context, monkeypatch: Any, module: Any, step: str
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, killed)
        with pytest.raises(KeyboardInterrupt):
            seed.settle(demo)
    seed.settle(demo)
    assert counts(demo) == [1, 4, 4, 1]
    assert signin.check(demo, INSTRUCTOR.username, INSTRUCTOR.password)


def test_published_passwords_open_nothing_in_production(demo: Context, production: Context) -> None:
    seed.settle(demo)
    mira = signin.check(demo, BY_HAND.username, BY_HAND.password).id
    token = tokens.issue(demo, mira, "laptop").token
    assert tokens.authenticate(demo, token, "read").id == mira
    assert session.load(demo, mira) is not None
    for player in CAST:
        with pytest.raises(SignInFailed):
            signin.check(production, player.username, player.password)
    with pytest.raises(TokenInvalid, match="demo"):
        tokens.authenticate(production, token, "read")
    assert session.load(production, mira) is None


def test_in_production_nobody_is_made_of_a_demo_person(demo: Context, production: Context) -> None:
    seed.settle(demo)
    course_id = courses.create(production, "dl", "Deep learning")
    with pytest.raises(Conflict, match="made by the demo"):
        people.set_password(production, people_id(demo), "correct horse")
    with pytest.raises(Invalid) as refusal:
        roster.import_csv(production, None, course_id, "username,name\nada,Ada\nmira,Mira\n")
    assert [fault.field for fault in refusal.value.faults] == ["line 3, username"]


@pytest.mark.parametrize("act", [seed.settle, lambda ctx: seed.furnish(ctx, "http://localhost/x")])
def test_somebody_elses_person_is_left_alone(demo: Context, production: Context, act: Any) -> None:
    people.create(production, "elif", "Elif Real", password="correct horse", is_admin=True)
    with pytest.raises(Fault, match="'elif' whom the demo did not make"):
        act(demo)
    assert counts(demo) == [0, 1, 0, 0], "nothing was made"
    assert signin.check(production, "elif", "correct horse").name == "Elif Real"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_outside_demo_mode_nobody_is_made(production: Context) -> None:
    with pytest.raises(Fault, match="XGRAD_MODE=demo only"):
        seed.settle(production)
    assert counts(production) == [0, 0, 0, 0]


def people_id(ctx: Context) -> str:
    return signin.check(ctx, BY_HAND.username, BY_HAND.password).id
