"""Leave a module in the standard library.

outcome: ran
stopped by: root, landlock
refused: EROFS
differs without: landlock, root
"""

import os

from tool import opened

won, why = opened(os.path.join(os.path.dirname(os.__file__), "evil.py"), "w")
