"""What the service does: one verb a module, one transaction a function, `Context` first."""
