"""Read the database's file.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from bait import DATABASE, TOKEN
from tool import read

won, why = read(DATABASE, TOKEN)
