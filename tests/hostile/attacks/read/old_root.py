"""Look for the old root that pivot_root left.

outcome: ran
stopped by: root
"""

import os

won = any(os.path.exists(place) for place in ("/old", "/.old", "/oldroot", "/mnt/old"))
