"""Rename the machine.

outcome: ran
stopped by: seccomp, capabilities
refused: EPERM
wins without: capabilities, seccomp
"""

from tool import call

won, why = call("sethostname", b"owned", 5)
