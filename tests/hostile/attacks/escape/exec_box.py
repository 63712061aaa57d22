"""Copy a program into the box and execute it.

outcome: ran
stopped by: seccomp, landlock, box
refused: EPERM
wins without: box, landlock, seccomp
limits: processes=2
"""

import glob
import os
import shutil

from tool import exec_of

shutil.copyfile((glob.glob("/lib64/ld-linux*") + glob.glob("/lib/ld-linux*"))[0], "program")
os.chmod("program", 0o4755)
won, why = exec_of(["/home/student/program"], ["--version"])
