"""What a student's file uses and holds, read from its syntax tree; nothing of it is run."""
