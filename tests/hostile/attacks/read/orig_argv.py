"""Learn where the service lives from the command line.

outcome: ran
stopped by: root
wins without: root
"""

import sys

won = any("/" in word and "python" not in word for word in sys.orig_argv + sys.argv if word != __file__)
