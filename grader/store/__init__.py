"""The database: tables, sessions and read-only queries; SQLite and PostgreSQL alike."""
