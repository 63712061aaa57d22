"""Remove a file of the standard library.

outcome: ran
stopped by: root, landlock
refused: EROFS
differs without: landlock, root
"""

import os

from tool import attempt

won, why = attempt(lambda: os.unlink(os.__file__))
