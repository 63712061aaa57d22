"""Write beside the box.

outcome: ran
stopped by: root, landlock
refused: EROFS
differs without: landlock, root
"""

from tool import opened

results = [opened(f"{place}/x", "w") for place in ("/", "/home", "/usr/lib", "/lib")]
won, why = any(made for made, _ in results), "|".join(sorted({word for _, word in results}))
