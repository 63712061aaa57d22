"""Names of files that came together: two may be called alike, and neither pushes the other out."""

from collections.abc import Collection


def unused(name: str, taken: Collection[str]) -> str:
    """`name`, or with a number in front (`2-image.jpg`) where it is taken.

    In front, since the ending says what a file is. Phones call each photo image.jpg.
    """
    number, free = len(taken), name
    while free in taken:
        number += 1
        free = f"{number}-{name}"
    return free
