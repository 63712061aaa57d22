"""Rename the machine's domain.

outcome: ran
stopped by: seccomp
wins without: seccomp, capabilities
"""

from tool import call

won, why = call(171, b"owned", 5)
