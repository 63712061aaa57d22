"""List the root folder.

outcome: ran
stopped by: landlock
wins without: landlock
"""

from tool import listed

won, why = listed("/")
