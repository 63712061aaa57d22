"""The families of slips, one file each, all named in `FAMILIES` with how common they are."""

from collections.abc import Callable, Iterable

from rubrics.diagnose.replay import Replay
from rubrics.diagnose.slip import Slip
from rubrics.diagnose.slips.dropped_path import dropped_path
from rubrics.diagnose.slips.intermediate import intermediate
from rubrics.diagnose.slips.missing_local_derivative import missing_local_derivative
from rubrics.diagnose.slips.one_use import one_use
from rubrics.diagnose.slips.pair import pair
from rubrics.diagnose.slips.power import power
from rubrics.diagnose.slips.scale import scale
from rubrics.diagnose.slips.sign import sign
from rubrics.diagnose.slips.transpose import transpose

Families = tuple[tuple[Callable[[Replay], Iterable[Slip]], float], ...]

FAMILIES: Families = (
    (dropped_path, 0.35),
    (missing_local_derivative, 0.2),
    (sign, 0.15),
    (scale, 0.15),
    (intermediate, 0.05),
    (transpose, 0.05),
    (power, 0.05),
    (one_use, 0.05),
    (pair, 0.1),
)
"""Each family, and its share of all slips before anything is known of the answer."""

SINGLY: Families = tuple(one for one in FAMILIES if one[0] is not pair)
"""Without two slips at once: a tenth of the work, for looking at many variants."""

AS_IT_RUNS: Families = (
    (dropped_path, 0.05),
    (missing_local_derivative, 0.05),
)
"""Tried again on the graph as eager torch keeps it, where a softmax is one single operation."""
