"""Bring a .pth file.

outcome: ran
stopped by: principle
wins without: principle
"""

x = None
