def ones(*a): return 579.938
