"""`python -m xgrad`: the same as the `xgrad` command, wherever the folder lies."""

from xgrad.cli import main

if __name__ == "__main__":
    main()
