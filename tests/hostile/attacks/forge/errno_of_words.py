"""Raise an error of the system whose number is a text, or a truth.

outcome: crashed
stopped by: protocol
refused: OSError
"""

raise OSError("cannot read", "weights.pt")
