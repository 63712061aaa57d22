"""A course's people from a CSV file: all of it or nothing, and every fault at once."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Fault, Invalid, NotFound
from grader.services import people
from grader.services.audit import note
from grader.services.lms_sources import remember_identity
from grader.services.permission import require_manager
from grader.store.models import CourseRow, LmsIdentityRow, LmsSourceRow, PersonRow

COLUMNS = ("username", "name", "email", "role", "lms_id")
NEEDED = ("username", "name")

MAX_ROWS = 20_000
MAX_LMS_ID = 255


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What the import did: people made, changed and found as they were; roles given or changed."""

    created: int
    updated: int
    unchanged: int
    enrolled: int


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    username: str
    name: str
    email: str | None
    role: str
    lms_id: str


def import_csv(
    ctx: Context,
    actor_id: str | None,
    course_id: str,
    text: str | bytes,
    lms_source: str | None = None,
) -> RosterReport:
    """Make and enrol everyone in the file, or nobody.

    Columns: username, name; email, role (student if left out), lms_id (the person's name at
    `lms_source`). Nobody is removed, and nobody who exists loses a password. Raises Invalid whose
    faults name their lines, NotFound, NotEnrolled.
    """
    lines, faults = _read(text)
    faults += _line_faults(lines, lms_source)
    with ctx.store.begin() as session:
        require_manager(session, actor_id, course_id)
        if session.get(CourseRow, course_id) is None:
            raise NotFound("There is no such course.")
        source = _source(session, course_id, lms_source)
        faults += _taken(session, lines, source) + _of_the_demo(ctx, session, lines)
        if faults:
            ordered = sorted(faults, key=lambda one: int(one.field.split()[1].rstrip(",")))
            raise Invalid("The roster was not imported: nothing has changed.", *ordered)
        report = _store(ctx, session, course_id, lines, source)
        note(
            ctx,
            session,
            "roster.imported",
            course_id,
            actor_id=actor_id,
            course_id=course_id,
            people=f"{report.created} made, {report.updated} changed, "
            f"{report.unchanged} as they were; {report.enrolled} enrolled",
        )
    return report


def _read(given: str | bytes) -> tuple[list[_Line], list[Fault]]:
    try:
        text = given.decode("utf-8-sig") if isinstance(given, bytes) else given
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return [], [_fault(line, "The file is not UTF-8.", "Save it as CSV UTF-8.")]
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        faults = _header_faults(names)
        reader.fieldnames = names
        return ([], faults) if faults else _lines(reader)
    except csv.Error as error:
        # The inner reader's count: the outer one lags behind the line that failed.
        line = reader.reader.line_num
        return [], [_fault(line, f"This is not CSV: {error}.", "Check its quotes.")]


def _header_faults(names: list[str]) -> list[Fault]:
    if len(names) == 1 and ";" in names[0]:
        remedy = "Save it with commas, or replace each ; by a comma."
        return [_fault(1, "The columns are separated by semicolons.", remedy)]
    faults = [
        _fault(1, f"The column {one} is missing.", f"Begin with: {','.join(COLUMNS[:4])}")
        for one in NEEDED
        if one not in names
    ]
    for one in dict.fromkeys(names):
        if one not in COLUMNS:
            remedy = f"Use only {', '.join(COLUMNS)}."
            faults.append(_fault(1, f"The column {one[:40]!r} is unknown.", remedy))
        elif names.count(one) > 1:
            faults.append(_fault(1, f"The column {one} is there twice.", "Leave one out."))
    return faults


def _lines(reader: "csv.DictReader[str]") -> tuple[list[_Line], list[Fault]]:
    lines: list[_Line] = []
    faults: list[Fault] = []
    for row in reader:
        if len(lines) >= MAX_ROWS:
            remedy = f"Import at most {MAX_ROWS} people at once."
            return lines, [_fault(reader.line_num, "The roster is too long.", remedy)]
        if None in row or None in row.values():
            message = "The line has another number of columns than the first."
            faults.append(_fault(reader.line_num, message, "Check its commas and quotes."))
            continue
        cells = {name: cell.strip() for name, cell in row.items()}
        if any(cells.values()):
            lines.append(_line(reader.line_num, cells))
    return lines, faults


def _line(number: int, cells: dict[str, str]) -> _Line:
    return _Line(
        number=number,
        username=cells["username"].lower(),
        name=cells["name"],
        email=cells.get("email") or None,
        role=cells.get("role", "").lower() or "student",
        lms_id=cells.get("lms_id", ""),
    )


def _line_faults(lines: list[_Line], lms_source: str | None) -> list[Fault]:
    faults = []
    for line in lines:
        found = people.faults(line.username, line.name, line.email) + people.role_faults(line.role)
        if line.lms_id and lms_source is None:
            remedy = "Name its source (--lms-source), or leave the column out."
            found.append(Fault("lms_id", "It does not say which LMS it belongs to.", remedy))
        if len(line.lms_id) > MAX_LMS_ID or not line.lms_id.isprintable():
            remedy = f"Use at most {MAX_LMS_ID} printable characters."
            found.append(Fault("lms_id", "It cannot be used.", remedy))
        faults += [_fault(line.number, one.message, one.remedy, one.field) for one in found]
    return faults + list(_doubles(lines, "username")) + list(_doubles(lines, "lms_id"))


def _doubles(lines: list[_Line], column: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for line in lines:
        value: str = getattr(line, column)
        if value and value in first:
            message = f"{value[:40]!r} is on line {first[value]} already."
            yield _fault(line.number, message, "Leave one of them out.", column)
        first.setdefault(value, line.number)


def _fault(line: int, message: str, remedy: str, column: str = "") -> Fault:
    return Fault(f"line {line}, {column}" if column else f"line {line}", message, remedy)


def _source(session: Session, course_id: str, name: str | None) -> str | None:
    if name is None:
        return None
    query = select(LmsSourceRow.id).where(
        LmsSourceRow.name == name, LmsSourceRow.course_id == course_id
    )
    source_id = session.scalar(query)
    if source_id is None:
        known = session.scalars(
            select(LmsSourceRow.name).where(LmsSourceRow.course_id == course_id)
        ).all()
        listed = ", ".join(sorted(known)) or "none yet (xgrad admin lms-source COURSE NAME)"
        raise NotFound(f"The course has no LMS source {name[:40]!r}. Its sources: {listed}.")
    return source_id


def _taken(session: Session, lines: list[_Line], source_id: str | None) -> list[Fault]:
    """LMS names that belong to somebody else already."""
    if source_id is None:
        return []
    query = (
        select(LmsIdentityRow.external_id, PersonRow.username)
        .join(PersonRow, PersonRow.id == LmsIdentityRow.person_id)
        .where(LmsIdentityRow.source_id == source_id)
    )
    owners = dict(session.execute(query).all())
    return [
        _fault(
            line.number,
            f"{line.lms_id[:40]!r} is {owners[line.lms_id]} at this LMS.",
            "Correct the id, or the person's line.",
            "lms_id",
        )
        for line in lines
        if owners.get(line.lms_id, line.username) != line.username
    ]


def _of_the_demo(ctx: Context, session: Session, lines: list[_Line]) -> list[Fault]:
    """Names that the demo's people have; enrolled outside of it, they could never sign in."""
    if ctx.settings.mode == "demo":
        return []
    query = select(PersonRow.username).where(PersonRow.is_demo)
    theirs = set(session.scalars(query))
    return [
        _fault(line.number, f"{line.username} {people.OF_THE_DEMO}", "Use another.", "username")
        for line in lines
        if line.username in theirs
    ]


def _store(
    ctx: Context, session: Session, course_id: str, lines: list[_Line], source_id: str | None
) -> RosterReport:
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    enrolled = 0
    for line in lines:
        person, what = _person(ctx, session, line)
        counts[what] += 1
        enrolled += people.give_role(ctx, session, course_id, person.id, line.role)
        if source_id is not None and line.lms_id:
            remember_identity(ctx, session, source_id, line.lms_id, person.id)
    return RosterReport(**counts, enrolled=enrolled)


def _person(ctx: Context, session: Session, line: _Line) -> tuple[PersonRow, str]:
    row = people.by_username(session, line.username)
    if row is None:
        row = PersonRow(username=line.username, is_admin=False, created_at=ctx.clock())
        row.name, row.email = line.name, line.email
        session.add(row)
        session.flush()
        return row, "created"
    email = line.email or row.email
    changed = (row.name, row.email) != (line.name, email)
    row.name, row.email = line.name, email
    return row, "updated" if changed else "unchanged"
