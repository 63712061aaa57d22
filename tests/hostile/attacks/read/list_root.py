"""List the root folder.

outcome: ran
stopped by: landlock
refused: EACCES
wins without: landlock
"""

from tool import listed

won, why = listed("/")
