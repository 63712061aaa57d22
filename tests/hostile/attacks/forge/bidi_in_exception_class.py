"""Turn the page's text around by the name of an exception.

outcome: crashed
stopped by: cleaning
refused: Error
wins without: cleaning
"""

raise type("\u202eError", (Exception,), {})("x")
