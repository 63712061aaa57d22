"""Be a package.

outcome: ran
stopped by: principle
wins without: principle
"""

x = None
