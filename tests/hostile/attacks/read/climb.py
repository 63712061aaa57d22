"""Climb out of the box by dots.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from bait import FILE
from tool import opened

results = [opened("../" * up + FILE[1:], "r") for up in range(1, 12)]
won, why = any(result[0] for result in results), str(results[:2])
