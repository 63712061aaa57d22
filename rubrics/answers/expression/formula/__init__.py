"""Reads a formula, typed or in LaTeX, into a flat list of nodes. Nothing is ever evaluated.

This package runs in two places: in the judge on an author's formula, and on a student's text in
the sandbox, where it travels alone. So it imports the standard library only, and itself by dots.
"""

from .parser import read
from .plain import Unreadable
from .tokens import canonical

__all__ = ["Unreadable", "canonical", "read"]
