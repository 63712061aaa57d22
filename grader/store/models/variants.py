"""Which variant of an assignment a person has."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base


class VariantRow(Base):
    """The seed from which a person's variant is drawn; made once, never changed."""

    __tablename__ = "variants"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    assignment_id: Mapped[str] = mapped_column(
        ForeignKey("assignments.id"), primary_key=True, index=True
    )
    seed: Mapped[int] = mapped_column(BigInteger)
    drawn_at: Mapped[datetime]
