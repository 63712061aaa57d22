"""What a check has to say, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rubrics.loader import FILE, Fault
from rubrics.marked_yaml import Marked
from rubrics.schema import Assignment
from xgrad.checking.rooms import Whole

Path_ = tuple[str | int, ...]


@dataclass
class Found:
    """Faults must be mended; warnings should be read; rooms tell what was measured."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    rooms: list[Whole] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        """Take over what another check has found."""
        self.faults += other.faults
        self.warnings += other.warnings
        self.rooms += other.rooms

    def lines(self) -> Iterator[str]:
        """Everything, each once, warnings marked as such."""
        yield from dict.fromkeys(str(one) for one in self.faults)
        yield from dict.fromkeys(f"warning: {one}" for one in self.warnings)


class Lines:
    """Where things stand in `assignment.yaml`."""

    def __init__(self, assignment: Assignment) -> None:
        self._content = (assignment.folder / FILE).read_bytes()
        self._document = Marked(self._content)
        self._questions = [one.id for one in assignment.questions]
        self._checks = {one.id: [check.id for check in one.checks] for one in assignment.questions}

    def at(self, path: Path_, message: str) -> Fault:
        """A fault at the value of that path, or at its nearest parent."""
        return Fault(file=FILE, line=self._document.line(path), message=message)

    def at_question(self, question: str, message: str, *rest: str | int) -> Fault:
        """A fault at a question, or at a part of it."""
        return self.at(("questions", self._questions.index(question), *rest), message)

    def at_check(self, question: str, check: str, message: str, *rest: str | int) -> Fault:
        """A fault at a check of a question, or at a part of it."""
        place = self._checks[question].index(check)
        return self.at_question(question, message, "checks", place, *rest)

    def near(self, path: Path_, word: str, message: str) -> Fault:
        """A fault at the line where `word` stands, at or after the value of that path."""
        first = self._document.line(path)
        lines = self._content.decode("utf-8", "replace").splitlines()
        below = (number for number in range(first, len(lines) + 1) if word in lines[number - 1])
        return Fault(file=FILE, line=next(below, first), message=message)
