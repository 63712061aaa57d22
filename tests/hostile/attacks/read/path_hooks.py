"""Import past sys.path, by the finders of an editable install.

outcome: ran
stopped by: environment
"""

import sys

won = any("editable" in str(finder).lower() for finder in sys.meta_path + sys.path_hooks)
