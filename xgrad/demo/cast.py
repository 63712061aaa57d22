"""Who plays in the demo. They exist in demo mode only, where nothing is worth stealing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Player:
    """A demo person; `lms_id` is the name that the demo's LMS has for them."""

    username: str
    name: str
    role: str
    password: str
    lms_id: str = ""


BY_HAND = Player("mira", "Mira Lindqvist", "student", "demo-mira-hands-in", "lms-1001")
BY_SCRIPT = Player("tomas", "Tomás Ferreira", "student", "demo-tomas-hands-in", "lms-1002")
BY_LMS = Player("wanjiru", "Wanjiru Kamau", "student", "demo-wanjiru-hands-in", "lms-1003")
INSTRUCTOR = Player("elif", "Elif Aydın", "instructor", "demo-elif-looks-in", "lms-2001")

CAST = (BY_HAND, BY_SCRIPT, BY_LMS, INSTRUCTOR)


def roster() -> str:
    """The cast as the CSV that an instructor would upload."""
    rows = (f"{one.username},{one.name},{one.role},{one.lms_id}" for one in CAST)
    return "\n".join(["username,name,role,lms_id", *rows]) + "\n"
