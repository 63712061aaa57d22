"""Learn the kernel's addresses.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/proc/kallsyms", "rb")
