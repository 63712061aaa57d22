"""Try an assignment out before students see it: every variant, and the room of each tolerance."""

from rubrics.audit.setting import Setting
from rubrics.audit.spread import measure
from rubrics.audit.variant import inspect

__all__ = ["Setting", "inspect", "measure"]
