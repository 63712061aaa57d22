"""The histogram counts every score once, and its spec is data only."""

import json

import pytest

from grader.web.dashboard.plots import histogram


def test_every_score_is_in_one_bin() -> None:
    bins = histogram.bins([0, 0.89, 1, 4.5, 9, 9], 9.0)
    assert [one.students for one in bins] == [2, 1, 0, 0, 1, 0, 0, 0, 2]
    assert (bins[0].low, bins[-1].high) == (0.0, 9.0)


@pytest.mark.parametrize(("points", "number"), [(1.0, 1), (20.0, 20), (21.0, 10), (2.5, 10)])
def test_a_bin_is_a_point_where_that_is_few(points: float, number: int) -> None:
    assert len(histogram.bins([], points)) == number


@pytest.mark.parametrize("score", [-1.0, 12.0])
def test_scores_outside_go_to_the_nearest_bin(score: float) -> None:
    assert sum(one.students for one in histogram.bins([score], 9.0)) == 1


def test_an_assignment_without_points_has_no_bins() -> None:
    assert histogram.bins([], 0.0) == []
    assert histogram.spec([])["data"] == {"values": []}


def test_the_spec_is_json_without_addresses_to_fetch() -> None:
    spec = histogram.spec(histogram.bins([1.0, 2.0], 4.0))
    assert "url" not in json.loads(json.dumps(spec))["data"]
    assert sum(row["students"] for row in spec["data"]["values"]) == 2
