"""Answers in, grades out: runs the author's code, and never a student's."""

from rubrics.judge.judge import Judge

__all__ = ["Judge"]
