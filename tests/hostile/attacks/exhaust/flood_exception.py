"""Raise with a message of fifty megabytes.

outcome: crashed
stopped by: outside
"""

raise ValueError("x" * 50_000_000)
