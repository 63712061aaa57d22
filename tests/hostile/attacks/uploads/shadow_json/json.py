def dumps(*a, **k): return '{"score": 4}'
