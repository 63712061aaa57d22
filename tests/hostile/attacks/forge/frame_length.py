"""Declare a frame of four gigabytes.

outcome: output_limit|forbidden
stopped by: protocol
"""

from wire import send

send(b"XGT\0\xff\xff\xff\xff")
