"""Turn the page's text around.

outcome: ran
stopped by: cleaning
wins without: cleaning
"""

print("\u202egrade: 4/4\u2066")
