"""A class of invented people with a spread of grades, so that plots have something to show."""

import random

from xgrad_pages import grades
from xgrad_pages.course import (
    DERIVATION,
    EXPLANATION,
    Course,
    decide,
    hand_in,
    person,
    record,
)

NAMES = (
    "Amalie Bauer", "Bela Horvath", "Chidi Okafor", "Dilnoza Karimova", "Elif Demir",
    "Farid Rahimi", "Greta Lindqvist", "Hiro Tanaka", "Ines Carvalho", "Jonas Weber",
    "Katya Ivanova", "Lars Nygaard", "Mei Lin", "Noor Haddad", "Oluwaseun Adeyemi",
    "Priya Raman", "Quentin Dubois", "Rosa Jimenez", "Samira Aziz", "Tomasz Zielinski",
    "Uma Pillai", "Viktor Petrov", "Wanjiru Mwangi", "Ximena Flores", "Yusuf Kaya",
)  # fmt: skip
ANSWERS = (
    grades.RIGHT, grades.THIRD_WRONG, grades.PAPER, grades.RIGHT, grades.SWAPPED, grades.PAPER,
    grades.NEGATED, grades.RIGHT,
)  # fmt: skip
ITEMS = ("saturation", "product", "small-signal", "scale")


def fill(course: Course, suffix: str = "-class") -> None:
    """Twenty-five students, most of them decided on; the same every time."""
    choose = random.Random(7)
    for number, name in enumerate(NAMES):
        username = name.split()[0].lower()
        course.students[username] = person(
            course.ctx, course.course_id, username + suffix, name, "student"
        )
        if number % 9 == 8:
            continue
        answer = ANSWERS[number % len(ANSWERS)]
        receipt = hand_in(course, username, answer, q2a=DERIVATION, q2b=EXPLANATION)
        record(course, username, receipt.grading_id)
        if number % 7 != 3:
            items = choose.sample(ITEMS, k=choose.randint(0, 4))
            decide(course, receipt.submission_id, items)
