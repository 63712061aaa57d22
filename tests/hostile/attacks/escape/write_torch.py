"""Change torch for all who come after.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened(__import__("torch").__file__, "a")
