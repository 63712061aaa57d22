"""Bring a .pth file.

outcome: ran
stopped by: outside
"""

x = None
