"""What the browser tests stand on: real processes, a course, realistic grades."""
