"""Climb out of the box by dots.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from bait import FILE, TOKEN
from tool import read

results = [read("../" * up + FILE[1:], TOKEN) for up in range(1, 12)]
won, why = any(had for had, _ in results), "|".join(sorted({word for _, word in results}))
