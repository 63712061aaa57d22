"""Why is a gradient wrong? Replays the reference with one thing wrong, and compares.

Knows no assignment: `build` makes a table from any reference that is a gradient, once; `explain`
looks an answer up in it.
"""

from rubrics.diagnose.explain import MOST, explain
from rubrics.diagnose.seen import Seen
from rubrics.diagnose.slips import FAMILIES, SINGLY, Families
from rubrics.diagnose.table import Table, build, sample

__all__ = ["FAMILIES", "MOST", "SINGLY", "Families", "Seen", "Table", "build", "explain", "sample"]
