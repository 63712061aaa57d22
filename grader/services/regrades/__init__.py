"""Regrading a whole assignment: what is to be judged anew, what changes, and taking it back."""
