"""Import now what the first trace would import, so that a fork server pays for it once for all.

That is torch._dynamo, which takes a second and asks for a folder to cache compiled code in.
Nothing is compiled here, and a judge may not write: any folder that exists will do.
"""

import importlib
import os
from pathlib import Path

import torch

os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(Path(torch.__file__).parent))
importlib.import_module("torch._dynamo")
