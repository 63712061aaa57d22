"""Alembic migrations: one head; expand before contract."""
