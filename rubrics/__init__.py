"""What *right* means, and the assignments themselves.

Everything here but `checks`, `diagnose`, `judge` and each kind's `compare` is free of torch,
so the web and the workers may import it.
"""
