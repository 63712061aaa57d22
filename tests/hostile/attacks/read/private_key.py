"""Read a private key.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from bait import KEY, TOKEN
from tool import read

won, why = read(KEY, TOKEN)
