"""Make ten thousand files.

outcome: ran
stopped by: box
wins without: box
"""

made = 0
try:
    while made < 2000:
        open(f"f{made}", "w").close()
        made += 1
except OSError as fault:
    why = str(fault)
won = made > 300
