"""Bring a compiled module.

outcome: crashed|forbidden
stopped by: outside
"""

import native
