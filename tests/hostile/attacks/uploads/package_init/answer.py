"""Be a package.

outcome: ran
stopped by: outside
"""

x = None
