"""Checks: one file each, all named in `rubrics.checks.table`."""
