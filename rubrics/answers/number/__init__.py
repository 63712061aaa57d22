"""One number that a student types."""
