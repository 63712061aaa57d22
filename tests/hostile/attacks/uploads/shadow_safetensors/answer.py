"""Bring a safetensors of its own, which ships a full score.

outcome: ran
stopped by: principle
wins without: principle
"""

x = None
