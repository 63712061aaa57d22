"""The demo: real parts, real requests, and every score, outcome and diagnosis checked."""
