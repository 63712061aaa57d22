"""Plain objects and rules of the service: no input, no output, no clock of their own."""
