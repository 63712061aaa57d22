"""Of several uses of the input one alone was counted, as of a weight in a recurrent network."""

from collections.abc import Iterator

from rubrics.diagnose import words
from rubrics.diagnose.change import CUT
from rubrics.diagnose.replay import Edge, Replay, changed
from rubrics.diagnose.slip import Slip

MOST_USES = 50


def one_use(replay: Replay) -> Iterator[Slip]:
    """Cut every path into the input but one; of two uses, a single cut says it already."""
    uses = [edge for edge in replay.edges() if edge.below == replay.name]
    if not 2 < len(uses) <= MOST_USES:
        return
    for kept in uses:
        with changed([edge for edge in uses if edge is not kept], CUT.change):
            gradient = replay.gradient()
        yield Slip(CUT.kind, words.path(kept), _told(kept), 1.0, gradient)


def _told(kept: Edge) -> str:
    used, into = words.value(kept.below), words.operation(kept)
    return (
        f"You counted only the use of {used} in {into}: the paths through its others are missing."
    )
