"""Start a program by os.system and look at what it left.

outcome: ran
stopped by: seccomp
"""

import os

won = os.system("echo x > made") == 0 or os.path.exists("made")
