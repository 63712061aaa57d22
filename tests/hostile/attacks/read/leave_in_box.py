"""Find what the last run left in the box.

outcome: ran
stopped by: box
"""

import os

won = bool(set(os.listdir(".")) - {"answer.py", "tool.py", "bait.py", "wire.py"})
open("mark", "w").write("for the next one")
