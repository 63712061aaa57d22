"""Reads a formula, typed or in LaTeX, into a flat list of nodes. Nothing is ever evaluated.

This package runs in three places: in the judge on an author's formula, at intake to refuse a
student's text that is none, and in the sandbox, which reads that text for grading. There it travels
alone, so it imports the standard library only, and itself by dots; and the web waits for it, so no
text may take it more than some milliseconds.
"""

from .parser import read
from .plain import Unreadable
from .tokens import canonical

__all__ = ["Unreadable", "canonical", "read"]
