"""Have a child that is its parent's sibling: the fork server's child, out of everyone's count.

outcome: ran
stopped by: processes
refused: EINVAL
wins without: processes
limits: processes=2
"""

import errno

from tool import call

CLONE_PARENT = 0x8000
first, why = call("clone", CLONE_PARENT | 17, 0, 0, 0, 0)
won = first
