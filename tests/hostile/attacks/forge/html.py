"""Put a terminal's commands into an exception, for the page or a console to obey.

outcome: crashed
stopped by: cleaning
refused: ValueError
wins without: cleaning
"""

raise ValueError("<script>alert(1)</script>\x1b]0;owned\x07")
