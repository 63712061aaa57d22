"""What an author's `reference.py` is written with, and how it is run.

from rubrics.reference import Case, Draw, Gradient, case, label, program
"""

from rubrics.reference.cases import Case, case, program
from rubrics.reference.draw import Draw
from rubrics.reference.gradient import AuthorError, Gradient
from rubrics.reference.label import label

__all__ = ["AuthorError", "Case", "Draw", "Gradient", "case", "label", "program"]
