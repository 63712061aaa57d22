"""What one machine with nothing installed gets for free: a broker of its own, on a free port."""
