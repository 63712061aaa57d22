"""The examples of docs/webhooks.md are true: one is what we send, the other is taken."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from grader.services import lms_event, lms_sources
from grader.store.models import OutboxRow

PAGE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()
SENT, TAKEN = (json.loads(one) for one in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def shape(value):
    """The names in a JSON value, all the way down, and the types of its leaves."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def test_what_we_send_is_what_the_page_shows(ctx, classroom, hand_in, graded):
    source = lms_sources.add(ctx, classroom.course_id, "moodle")
    lms_sources.identify(ctx, None, source.id, "u1", classroom.student_id)
    graded(hand_in())
    with ctx.store.read() as session:
        news = session.scalars(select(OutboxRow)).one()
    assert news.event == SENT["type"]
    assert shape(news.payload) == shape(SENT["data"])
    names = ("course", "lms", "revision", "source")
    assert {one: news.payload[one] for one in names} == {one: SENT["data"][one] for one in names}


def test_what_the_page_shows_is_taken(ctx):
    event = lms_event.read(json.dumps(TAKEN).encode())
    assert event.data.user.id == "u1"
    assert set(lms_event.raw_answers(event.data)) == {"q1", "q2b"}
