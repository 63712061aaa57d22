"""Change the grade in the database itself.

outcome: ran
stopped by: root, landlock, seccomp
refused: SQLITE_CANTOPEN
wins without: landlock, root, seccomp
"""

import sqlite3

from bait import DATABASE

try:
    base = sqlite3.connect(DATABASE)
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("UPDATE grades SET score = 4")
    base.commit()
    won = True
except sqlite3.OperationalError as fault:
    won, why = False, fault.sqlite_errorname
