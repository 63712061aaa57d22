"""Bring a struct and an os of its own.

outcome: ran
stopped by: outside
"""

import os
import struct

won = not hasattr(os, "write")
