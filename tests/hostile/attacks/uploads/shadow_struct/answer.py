"""Bring a struct of its own, which packs a full score.

outcome: ran
stopped by: principle
wins without: principle
"""

x = None
