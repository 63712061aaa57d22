"""Rename the machine's domain.

outcome: ran
stopped by: seccomp, capabilities
refused: EPERM
wins without: capabilities, seccomp
"""

from tool import call

won, why = call("setdomainname", b"owned", 5)
