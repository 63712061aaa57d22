"""Unpickle a bomb of its own, which starts a program.

outcome: ran
stopped by: seccomp, root, landlock
refused: exit 127
wins without: landlock, root, seccomp
limits: processes=2
"""

import pickle

status = pickle.load(open("bomb.pkl", "rb"))
won, why = status == 0, f"exit {status >> 8}"
