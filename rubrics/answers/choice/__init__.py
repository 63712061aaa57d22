"""One option, or several, out of a list."""
