"""Reads how much memory the machine has left, and how many threads: a channel without a clock.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""
import ctypes

from tool import call

room = ctypes.create_string_buffer(512)
won, why = call("sysinfo", ctypes.addressof(room))
