"""The variant of an assignment that a person has, drawn once and kept."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.store.models import PersonRow, SubmissionRow, VariantRow
from rubrics import variants
from rubrics.schema import Assignment
from rubrics.variants import Variant

BITS = 62
"""A seed fits the signed 64-bit integers of every database."""


def seed(ctx: Context, person_id: str, assignment_id: str) -> int:
    """The person's seed for that assignment, drawn when it is first asked for."""
    with ctx.store.read() as session:
        row = session.get(VariantRow, (person_id, assignment_id))
        if row is not None:
            return row.seed
    with ctx.store.begin() as session:
        return drawn(ctx, session, person_id, assignment_id)


def drawn(ctx: Context, session: Session, person_id: str, assignment_id: str) -> int:
    """The same within a transaction of the caller's."""
    # One at a time per person, so that two first looks see the same variant.
    person = select(PersonRow.id).where(PersonRow.id == person_id)
    session.execute(person.with_for_update(key_share=True))
    row = session.get(VariantRow, (person_id, assignment_id))
    if row is None:
        row = VariantRow(
            person_id=person_id,
            assignment_id=assignment_id,
            seed=_first(session, person_id, assignment_id),
            drawn_at=ctx.clock(),
        )
        session.add(row)
        session.flush()
    return row.seed


def personal(ctx: Context, content: Assignment, person_id: str, assignment_id: str) -> Assignment:
    """The assignment as that person is to read it."""
    if not variants.varied(content):
        return content
    return of_seed(content, seed(ctx, person_id, assignment_id))


def of_seed(content: Assignment, seed: int) -> Assignment:
    """The assignment as whoever has that seed reads it."""
    return variants.shown(content, variants.draw(content, seed))


def told(content: Assignment, seed: int) -> Variant | None:
    """Which variant that seed is, for staff; None if all students get the same."""
    return variants.draw(content, seed) if variants.varied(content) else None


def _first(session: Session, person_id: str, assignment_id: str) -> int:
    """That of an attempt made before the assignment had variants: a regrade draws from it."""
    query = select(SubmissionRow.seed).where(
        SubmissionRow.person_id == person_id, SubmissionRow.assignment_id == assignment_id
    )
    before = session.scalar(query.order_by(SubmissionRow.attempt.desc()).limit(1))
    return secrets.randbits(BITS) if before is None else before
