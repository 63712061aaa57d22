"""What the command line says when it cannot go on: a sentence and a remedy, never a traceback."""

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_SETUP = 3


class Fault(Exception):
    """The command cannot go on; `message` says why and what to do, `code` is the exit code."""

    def __init__(self, message: str, code: int = EXIT_SETUP) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
