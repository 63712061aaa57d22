"""Read what another student handed in.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from bait import OTHER, TOKEN
from tool import read

won, why = read(OTHER, TOKEN)
