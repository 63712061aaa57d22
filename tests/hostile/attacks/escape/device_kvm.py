"""Open /dev/kvm.

outcome: ran
stopped by: root
"""

from tool import opened

won, why = opened("/dev/kvm", "rb")
