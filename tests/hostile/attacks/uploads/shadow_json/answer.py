"""Bring a json of its own, for the harness to use.

outcome: ran
stopped by: principle
wins without: principle
"""

x = None
