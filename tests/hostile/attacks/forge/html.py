"""Put a script into an exception, for the page to show.

outcome: crashed
stopped by: principle
"""

raise ValueError("<script>alert(1)</script>\x1b]0;owned\x07")
