"""Unpickle a bomb of its own.

outcome: ran|forbidden|crashed
stopped by: outside
"""

import pickle

pickle.load(open("bomb.pkl", "rb"))
