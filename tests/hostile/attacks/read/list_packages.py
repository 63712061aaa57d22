"""Look for the service's packages beside torch.

outcome: ran
stopped by: landlock
refused: EACCES
wins without: landlock
"""

import os

import torch

from tool import listed

won, why = listed(os.path.dirname(os.path.dirname(torch.__file__)))
