"""Read a file that anyone on the machine may read.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from bait import FILE, TOKEN
from tool import opened

won, why = opened(FILE, "r")
won = won and TOKEN in open(FILE).read()
