"""Rename the machine.

outcome: ran
stopped by: seccomp
wins without: seccomp, capabilities
"""

from tool import call

won, why = call(170, b"owned", 5)
