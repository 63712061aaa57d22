"""Write beside the box.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

results = [opened(f"{place}/x", "w") for place in ("/", "/home", "/usr/lib", "/dev", "/lib")]
won, why = any(result[0] for result in results), str(results)
