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


def explain(error: Exception) -> str:
    """Words for an error of another house; those that nobody foresaw name themselves."""
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from grader.domain.errors import Refusal
    from grader.settings import SettingsError
    from rubrics.loader import AssignmentError

    if isinstance(error, Refusal):
        lines = [f"{one.field}: {one.message} {one.remedy}".rstrip() for one in error.faults]
        return "\n  ".join([error.message, *lines])
    if isinstance(error, (SettingsError, AssignmentError)):
        return str(error)
    if isinstance(error, ValidationError):
        return "; ".join(one["msg"].removeprefix("Value error, ") for one in error.errors()) + "."
    # A missing table is the one on SQLite, the other on PostgreSQL.
    if isinstance(error, (OperationalError, ProgrammingError)):
        reason = str(error.orig).partition("\n")[0].rstrip(".")
        return (
            f"The database cannot be used: {reason}. Look at DATABASE_URL; if it is new, "
            "migrate it first: python -m grader.store.migrate"
        )
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return (
        f"Something nobody foresaw ({type(error).__name__}: {error}). "
        "Set XGRAD_DEBUG=1 to see where, and please report it."
    )
