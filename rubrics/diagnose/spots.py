"""Where in a graph one slip can be made: at an edge, or wherever the same words are at work."""

from dataclasses import dataclass

from rubrics.diagnose import words
from rubrics.diagnose.replay import Edge, Replay
from rubrics.diagnose.steps import Step

LABELLED = 3.0
"""A value that the author found worth a name is likelier to be the one that was overlooked."""

EVERYWHERE = 2.0
"""In a loop, or in a chain of layers, a slip is rather made every time than once."""

MOST_SPOTS = 250


@dataclass(frozen=True)
class Spot:
    """One edge, or all edges of one expression, or of one sort of operation."""

    edges: tuple[Edge, ...]
    weight: float
    sort: str | None = None

    @property
    def edge(self) -> Edge:
        """The edge whose words speak for all."""
        return self.edges[0]

    @property
    def every(self) -> str:
        """What to add to a sentence when the slip was made every time."""
        return " (every time)" if len(self.edges) > 1 else ""

    @property
    def operation(self) -> str:
        """The operation in words: its sort, if all of one sort are meant."""
        return self.sort or words.operation(self.edge)


def spots(replay: Replay) -> list[Spot]:
    """Repeated expressions as a whole first, then each edge, nearest to the result first."""
    edges = replay.edges()
    alike: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        alike.setdefault((words.path(edge), words.operation(edge)), []).append(edge)
    together = [
        Spot(tuple(group), EVERYWHERE * _weight(group[0]))
        for group in alike.values()
        if len(group) > 1
    ]
    together += _of_one_sort(edges, known={spot.edges for spot in together})
    return (together + [Spot((edge,), _weight(edge)) for edge in edges])[:MOST_SPOTS]


def _of_one_sort(edges: list[Edge], known: set[tuple[Edge, ...]]) -> list[Spot]:
    """All uses of one function, such as the sigmoid of every layer."""
    sorts: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.above.op in words.FUNCTIONS:
            sorts.setdefault(edge.above.op, []).append(edge)
    groups = ((words.FUNCTIONS[op], tuple(group)) for op, group in sorts.items())
    return [
        Spot(group, EVERYWHERE, sort)
        for sort, group in groups
        if len(group) > 1 and group not in known
    ]


def _weight(edge: Edge) -> float:
    labelled = isinstance(edge.below, Step) and edge.below.label is not None
    return LABELLED if labelled else 1.0
