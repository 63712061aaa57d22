"""Runs kept for regrades: the key of a job, the bytes of a run, and the shelf of a submission."""

from workers.kept.shelf import Shelf

__all__ = ["Shelf"]
