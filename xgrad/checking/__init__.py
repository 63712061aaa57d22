"""What `xgrad check` looks at, one module each; faults end with exit code 1, warnings do not."""
