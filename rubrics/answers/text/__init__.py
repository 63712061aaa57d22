"""Prose, read by a person."""
