"""One module for each subcommand of `xgrad`."""
