"""Bring a sitecustomize.

outcome: ran
stopped by: principle
wins without: principle
"""

x = None
