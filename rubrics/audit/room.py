"""What was measured of one check, put together."""

from collections.abc import Sequence

from rubrics.audit.far import Far
from rubrics.findings import Room, Scale
from rubrics.tolerance import Tolerance

Tried = Sequence[tuple[Far, str]]


def made(
    place: tuple[str, str, str],
    bases: Sequence[Tolerance],
    rights: Tried,
    wrongs: Tried,
    *,
    tolerance: str,
    loose: str = "",
    exact: bool = False,
    partly: bool = False,
) -> Room:
    """The room between the worst of `rights`, of which there is one at least, and `wrongs`.

    `place` is question, check and kind; answers come with how they were made.
    """
    worst, how = max(rights, key=lambda one: one[0].share)
    nearest, wrong = min(((off.share, what) for off, what in wrongs), default=(None, ""))
    question, check, kind = place
    return Room(
        question=question,
        check=check,
        kind=kind,
        tolerance=tolerance,
        used=worst.share,
        how=how,
        error=worst.error,
        allowed=worst.allowed,
        value=worst.value,
        where=worst.where,
        said=worst.said,
        nearest=nearest,
        wrong=wrong,
        loose=loose,
        exact=exact,
        partly=partly,
        scales=tuple(_scale(at, base, rights, wrongs) for at, base in enumerate(bases)),
    )


def in_words(own: Tolerance | None, otherwise: str) -> str:
    """What is allowed: the author's own, or what stands in its place."""
    return otherwise if own is None else f"rtol {own.rtol:.2g}, atol {own.atol:.2g}"


def _scale(at: int, base: Tolerance, rights: Tried, wrongs: Tried) -> Scale:
    return Scale(
        rtol=base.rtol,
        atol=base.atol,
        needs=max(off.by[at] for off, _ in rights),
        keeps=min((off.by[at] for off, _ in wrongs), default=None),
    )
