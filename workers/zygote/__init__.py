"""The fork server: exec'd clean, one thread, torch imported once, no secret in it."""
