"""Declare a frame of four gigabytes.

outcome: output_limit
stopped by: protocol
refused: values
"""

from wire import send

send(b"XGT\0\xff\xff\xff\xff")
