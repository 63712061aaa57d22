"""Free a million nested objects at once.

outcome: ran|crashed
stopped by: outside
"""

x = None
for _ in range(10**6):
    x = (x,)
del x
