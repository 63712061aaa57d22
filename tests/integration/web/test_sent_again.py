"""A form that is refused loses no file: what was chosen is kept for its sender's next try."""

import json
import re
from io import BytesIO

import pytest
import redis

from grader.web.portal import sent

BOOK = json.dumps({"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}).encode()
WRONG = {"text.number.number": "what?"}
MENDED = {"text.number.number": "0.25"}
OFFER = re.compile(r'name="(sent\.[^"]+)" value="([0-9a-f]{64})" checked')


@pytest.fixture
def settings(settings, valkey_url):
    return settings.model_copy(update={"redis_url": valkey_url})


@pytest.fixture
def student(enter, classroom):
    return enter(classroom.student_id)


@pytest.fixture
def files(png):
    """The form's files, with other fields."""

    def fields(**more):
        return {
            "file.code.code": (BytesIO(BOOK), "my book.ipynb"),
            "file.scan.scan": [(BytesIO(png), "image.png") for _ in range(2)],
            **more,
        }

    return fields


def offers(page) -> dict[str, str]:
    assert page.status_code == 422, page.text[-1000:]
    return dict(OFFER.findall(page.text))


def test_what_was_chosen_is_handed_in_with_the_next_try(student, sheet, answers, files) -> None:
    refused = student.post(sheet, files(**WRONG))
    kept = offers(refused)
    assert set(kept) == {"sent.code.code", "sent.scan.scan"}
    assert "Use the file you sent: <code>my book.ipynb</code></span>" in refused.text
    assert "the files you sent: <code>image.png</code>, <code>2-image.png</code>" in refused.text
    still = student.post(sheet, kept | WRONG)
    assert offers(still) == kept, "however often it is refused"
    stored = answers(student.post(sheet, kept | MENDED).location)
    assert stored["code"].text.strip() == "x = 1"
    assert [one["given"] for one in stored["scan"].data["pages"]] == ["image.png", "2-image.png"]


def test_a_file_that_is_chosen_anew_takes_its_place(student, sheet, answers, files) -> None:
    kept = offers(student.post(sheet, files(**WRONG)))
    other = {"file.code.code": (BytesIO(b"y = 2"), "new.py")}
    stored = answers(student.post(sheet, kept | MENDED | other).location)
    assert stored["code"].text.strip() == "y = 2"


def test_what_is_unticked_is_not_handed_in(student, sheet, answers, files) -> None:
    kept = offers(student.post(sheet, files(**WRONG)))
    del kept["sent.scan.scan"]
    assert "scan" not in answers(student.post(sheet, kept | MENDED).location)


def test_a_file_that_is_the_fault_itself_is_not_offered_again(student, sheet, files) -> None:
    broken = {"file.code.code": (BytesIO(b"{"), "broken.ipynb")}
    kept = offers(student.post(sheet, files() | broken))
    assert set(kept) == {"sent.scan.scan"}


def test_nobody_hands_in_what_another_sent(student, enter, classroom, sheet, files) -> None:
    kept = offers(student.post(sheet, files(**WRONG)))
    other = enter(classroom.other_student_id).post(sheet, kept | MENDED)
    assert other.status_code == 422
    assert other.text.count("is not kept any more. <span") == 2
    assert "Choose it again." in other.text


def test_what_is_gone_is_asked_for_and_the_rest_stays(student, sheet, valkey_url, files) -> None:
    kept = offers(student.post(sheet, files(**WRONG)))
    with redis.Redis.from_url(valkey_url) as client:
        (key,) = client.keys("xgrad:sent:*")
        assert 0 < client.ttl(key) <= sent.LIFETIME_S == 2 * 3600, "the page says two hours"
        fields = client.hkeys(key)
        client.hdel(key, *[one for one in fields if kept["sent.code.code"].encode() in one])
    page = student.post(sheet, kept | MENDED)
    assert set(offers(page)) == {"sent.scan.scan"}
    assert 'value="0.25"' in page.text


def test_each_form_is_bounded_and_takes_the_place_of_the_one_before(valkey_url) -> None:
    small, large = {"a.json": b"[1]"}, {"b.json": bytes(7 * 1024 * 1024)}
    digests = sent.keep(valkey_url, "ada", "paper", {"q1": large, "q2": small})
    assert set(digests) == {"q2"}, "what is small is kept whatever is not"
    assert sent.take(valkey_url, "ada", "paper", "q2", digests["q2"]) == small
    sent.keep(valkey_url, "ada", "other paper", {"q1": {"c.json": b"[2]"}})
    assert sent.take(valkey_url, "ada", "paper", "q2", digests["q2"]) is None
    with redis.Redis.from_url(valkey_url) as client:
        assert client.keys("xgrad:sent:ada*") == [b"xgrad:sent:ada"], "one form a person"


def test_files_of_one_question_are_not_had_for_another(student, sheet, files) -> None:
    kept = offers(student.post(sheet, files(**WRONG)))
    one = kept["sent.scan.scan"]
    everywhere = {f"sent.{kind}.{kind}": one for kind in ("number", "choice", "code", "scan")}
    page = student.post(sheet, everywhere)
    assert offers(page) == {"sent.scan.scan": one}
    assert page.text.count("is not kept any more. <span") == 3


def test_without_redis_they_have_to_be_chosen_again(student, sheet, monkeypatch, files) -> None:
    def away(*_: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(sent, "_client", away)
    page = student.post(sheet, files(**WRONG))
    assert offers(page) == {}
    assert "Choose <code>my book.ipynb</code> again" in page.text
