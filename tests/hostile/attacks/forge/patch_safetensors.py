"""Bring a serialiser that ships another score.

outcome: ran
stopped by: principle
wins without: principle
"""

import struct
import sys
import types

fake = types.ModuleType("safetensors")
fake.serialize = lambda values: struct.pack("<d", 4.0)
fake.torch = fake.numpy = fake
sys.modules["safetensors"] = fake
