"""Watch the harness by an audit hook.

outcome: ran
stopped by: principle
"""

import sys

sys.addaudithook(lambda *a: None)
