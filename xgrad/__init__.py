"""The front door: the command line over all houses."""

__version__ = "0.1.0"
