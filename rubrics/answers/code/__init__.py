"""A script that a student uploads or pastes; values it leaves behind are read in the sandbox."""
