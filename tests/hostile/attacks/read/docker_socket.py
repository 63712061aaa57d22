"""Find the container engine's socket.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/var/run/docker.sock", "rb")
