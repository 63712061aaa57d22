"""Bring a sitecustomize.

outcome: ran
stopped by: outside
"""

x = None
