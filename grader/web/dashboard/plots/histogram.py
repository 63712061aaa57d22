"""The distribution of scores: rows in, bins and a Vega-Lite spec out; no state, no styling."""

from collections.abc import Sequence
from typing import Any, NamedTuple

MOST_BINS = 20
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


class Bin(NamedTuple):
    """So many students' scores lie in [low, high), the last bin including its upper end."""

    low: float
    high: float
    students: int


def bins(scores: Sequence[float], max_score: float) -> list[Bin]:
    """Equal bins from 0 to `max_score`, a point each where that is few, else ten.

    Scores outside are counted in the nearest bin.
    """
    if max_score <= 0:
        return []
    whole = float(max_score).is_integer() and max_score <= MOST_BINS
    number = int(max_score) if whole else 10
    width = max_score / number
    counts = [0] * number
    for score in scores:
        counts[min(number - 1, max(0, int(score / width)))] += 1
    return [Bin(i * width, (i + 1) * width, counts[i]) for i in range(number)]


def spec(rows: Sequence[Bin]) -> dict[str, Any]:
    """A bar for each bin, with the range of scores and the number of students on hover."""
    values = [{"low": r.low, "high": r.high, "students": r.students} for r in rows]
    step = 1 if len(rows) <= 10 else 2
    ticks = [r.low for r in rows[::step]] + ([rows[-1].high] if rows else [])
    return {
        "$schema": SCHEMA,
        "description": "How many students have which score",
        "width": "container",
        "height": 190,
        "data": {"values": values},
        "mark": {"type": "bar", "cornerRadiusEnd": 2, "tooltip": True},
        "encoding": {
            "x": {
                "field": "low",
                "bin": {"binned": True},
                "title": "Score",
                "axis": {"values": ticks, "grid": False, "format": "~g"},
            },
            "x2": {"field": "high"},
            "y": {
                "field": "students",
                "type": "quantitative",
                "title": "Students",
                "stack": None,
                "axis": {"tickMinStep": 1, "format": "d", "tickCount": 4},
            },
            "tooltip": [
                {"field": "low", "title": "From"},
                {"field": "high", "title": "To"},
                {"field": "students", "title": "Students"},
            ],
        },
    }
