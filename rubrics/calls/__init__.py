"""Calls of a student's functions as data: recorded, carried out, read back."""
