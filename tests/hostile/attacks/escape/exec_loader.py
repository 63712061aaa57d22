"""Execute the one program in view, the dynamic loader.

outcome: ran
stopped by: seccomp, landlock
wins without: seccomp, landlock
"""

import glob
import os

from tool import exec_of

won, why = exec_of(glob.glob("/lib64/ld-linux*") + glob.glob("/lib/ld-linux*"), ["--version"])
