"""Regrading an assignment: judged in lots, settled in batched transactions, told line by line."""

from workers.regrading.report import Line, Report
from workers.regrading.whole import regrade

__all__ = ["Line", "Report", "regrade"]
