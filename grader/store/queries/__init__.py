"""Read-only questions to the database. They return frozen views, never rows."""
