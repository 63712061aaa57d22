"""Numbers that a student types or pastes."""
