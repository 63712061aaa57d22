"""Judges: processes that hold one assignment's reference each, and never run a student's code."""

from workers.judge.pool import JudgePool, Verdict
from workers.judge.process import JudgeBroken

__all__ = ["JudgeBroken", "JudgePool", "Verdict"]
