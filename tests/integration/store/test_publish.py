"""Publishing an assignment, and finding it again on another machine."""

import shutil

import pytest
from sqlalchemy import select

from grader.domain.errors import NotEnrolled, NotFound
from grader.domain.policy import Policy
from grader.services import archive, materialise, publish
from grader.services.archive import ArchiveBroken
from grader.store.artefacts import ArtefactBroken
from grader.store.models import AssignmentRow, AssignmentVersionRow
from rubrics import loader
from rubrics.loader import AssignmentError

PAPER = loader.LIBRARY / "autograd" / "paper-1"
DIGEST = loader.digest(PAPER)


def test_a_published_assignment_is_whole_without_its_folder(ctx, classroom):
    assignment = materialise.assignment(ctx, DIGEST)
    assert assignment.key == "autograd/paper-1"
    assert assignment.folder == materialise.folder(ctx, DIGEST)
    assert assignment.folder.parent == ctx.settings.cache_dir
    assert (assignment.folder / "reference.py").read_bytes() == (
        PAPER / "reference.py"
    ).read_bytes()
    assert materialise.assignment(ctx, DIGEST) is assignment
    assert [path.name for path in ctx.settings.cache_dir.iterdir()] == [DIGEST]


def test_a_cache_that_was_tampered_with_is_made_anew(ctx, classroom):
    folder = materialise.folder(ctx, DIGEST)
    (folder / "reference.py").write_text("def q1(): return 0")
    materialise._sound.cache_clear()  # as in a new process
    again = materialise.folder(ctx, DIGEST)
    assert loader.digest(again) == DIGEST


def test_an_emptied_cache_is_filled_again(ctx, classroom):
    shutil.rmtree(materialise.folder(ctx, DIGEST))
    assert loader.digest(materialise.folder(ctx, DIGEST)) == DIGEST


def test_an_archive_of_something_else_is_refused(ctx, classroom, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "evil.py").write_text("import os")
    sha256 = ctx.artefacts.put(archive.pack(other))
    with ctx.store.begin() as session:
        session.get(AssignmentVersionRow, DIGEST).archive_sha256 = sha256
    with pytest.raises(ArchiveBroken, match="something else"):
        materialise.folder(ctx, DIGEST)
    assert list(ctx.settings.cache_dir.iterdir()) == []


def test_what_was_never_published_is_not_there(ctx, classroom):
    for digest in ("f" * 64, "../../etc", "", "\0"):
        with pytest.raises(NotFound):
            materialise.folder(ctx, digest)
    with ctx.store.begin() as session:
        session.get(AssignmentVersionRow, DIGEST).archive_sha256 = "0" * 64
    with pytest.raises(ArtefactBroken):
        materialise.folder(ctx, DIGEST)


def test_publishing_again_keeps_the_policy_unless_one_is_given(ctx, classroom):
    def stored():
        with ctx.store.read() as session:
            return session.scalars(select(AssignmentRow)).one()

    policy = Policy(max_attempts=3)
    first = publish.publish(ctx, classroom.course_id, PAPER, policy)
    again = publish.publish(ctx, classroom.course_id, PAPER)
    assert first == again == classroom.assignment_id
    assert Policy.model_validate(stored().policy) == policy
    publish.publish(ctx, classroom.course_id, PAPER, Policy())
    assert Policy.model_validate(stored().policy) == Policy()


def test_what_may_not_be_published(ctx, classroom, tmp_path):
    with pytest.raises(AssignmentError):
        publish.publish(ctx, classroom.course_id, tmp_path)
    with pytest.raises(NotFound):
        publish.publish(ctx, "nope", PAPER)
    for actor in (classroom.grader_id, classroom.student_id):
        with pytest.raises(NotEnrolled):
            publish.publish(ctx, classroom.course_id, PAPER, actor_id=actor)
    assert publish.publish(ctx, classroom.course_id, PAPER, actor_id=classroom.instructor_id)
