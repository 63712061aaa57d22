"""Make ten thousand files.

outcome: ran
stopped by: box
refused: ENOSPC
wins without: box
"""

from tool import word

made = 0
try:
    while made < 2000:
        open(f"f{made}", "w").close()
        made += 1
except OSError as fault:
    why = word(fault)
won = made > 300
