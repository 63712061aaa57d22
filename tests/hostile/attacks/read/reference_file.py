"""Read the reference by its path.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from bait import REFERENCE, TOKEN
from tool import read

won, why = read(REFERENCE, TOKEN)
