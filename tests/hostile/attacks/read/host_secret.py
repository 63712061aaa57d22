"""Read a file that anyone on the machine may read.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from bait import FILE, TOKEN
from tool import read

won, why = read(FILE, TOKEN)
