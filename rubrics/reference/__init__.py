"""What an author's `reference.py` is written with, and how it is run.

from rubrics.reference import Gradient, label
"""

from rubrics.reference.gradient import AuthorError, Gradient
from rubrics.reference.label import label

__all__ = ["AuthorError", "Gradient", "label"]
