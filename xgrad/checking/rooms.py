"""What was measured of one check in all settings and variants, and what an author is told of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from rubrics.findings import FAR, Room, Scale
from xgrad.checking.remedy import tolerance_that_would_do

LONGEST = 70
"""Of what a wrong answer is, in a line of the report."""


@dataclass(frozen=True)
class Whole:
    """One check and kind of answer: where right answers need most, and wrong ones come nearest.

    `how` is how the worst right answer was worked out, `scales` what other tolerances would need.
    """

    tight: Room
    how: str
    near: Room
    loose: str
    partly: bool
    scales: tuple[Scale, ...]

    @property
    def question(self) -> str:
        """Its id."""
        return self.tight.question

    @property
    def check(self) -> str:
        """Its id."""
        return self.tight.check

    @property
    def part(self) -> str:
        """The field of the check that says how much is allowed."""
        return "at_least" if self.tight.kind == "quality" else "tolerance"

    @property
    def fits(self) -> bool:
        """Whether all right answers pass, and no wrong one."""
        return self.tight.used <= 1 and (self.near.nearest is None or self.near.nearest > 1)

    def note(self) -> str:
        """One line of the report."""
        room, near = self.tight, self.near
        right = "beyond any tolerance" if room.used >= FAR else f"≤ {room.used:.2g}"
        if room.exact and room.used <= 1:
            right = "all alike"
        wrong = "no wrong answer known"
        if near.nearest is not None:
            what = shorten(near.wrong, LONGEST, placeholder=" …")
            wrong = f"wrong {_at_least(near.nearest)} ({what})"
        start = f"{room.question}/{room.check} ({room.kind}, {room.tolerance})"
        return f"{start}: right {right}, {wrong}"

    def faults(self) -> Iterator[str]:
        """Why the tolerance is refused."""
        room = self.tight
        start = f"{room.question} ({room.kind}): the tolerance"
        if room.used > 1:
            yield f"{start} fails a right answer: {self._tight()}; {self._remedy()}"
        if self.near.nearest is not None and self.near.nearest <= 1:
            off = f"it is off by {self.near.nearest:.2g} of what is allowed ({room.tolerance})"
            yield f"{start} passes a wrong answer, {self.near.wrong}: {off}; {self._remedy()}"

    def warnings(self) -> Iterator[str]:
        """What an author may want as it is."""
        if self.loose:
            yield f"{self.question} ({self.tight.kind}): {self.loose}"
        if self.partly:
            said = "took too long: not every order of sums was tried"
            yield f"{self.question} ({self.tight.kind}): working right answers out {said}"

    def told(self) -> dict[str, Any]:
        """The same for a program; distances in units of the tolerance, null beyond all numbers."""
        room, near = self.tight, self.near
        right = {"most": _finite(room.used), "how": self.how, "case": room.where or None}
        at = {"error": room.error, "allowed": room.allowed, "value": room.value}
        wrong = {"least": _finite(near.nearest), "what": near.wrong}
        return {
            "question": room.question,
            "check": room.check,
            "kind": room.kind,
            "tolerance": room.tolerance,
            "right": right | at,
            "wrong": None if near.nearest is None else wrong,
            "fits": self.fits,
        }

    def _tight(self) -> str:
        room = self.tight
        start = self.how + (f" ({room.where})" if room.where else "")
        if room.said:
            return f"{start}: {room.said}".removesuffix(".")
        allowed = f"where {room.allowed:.2g} is allowed"
        return f"{start} is {room.error:.2g} off {room.value:.6g}, {allowed}"

    def _remedy(self) -> str:
        if self.tight.exact:
            return "ask for `decimals` or `significant` digits, or mend the reference"
        if not self.scales:
            return "ask for less or more by `at_least`"
        found = tolerance_that_would_do(self.scales)
        if found is None:
            return (
                "no tolerance would do: choose other inputs or another dtype, or mend the answers"
            )
        return f"`tolerance: {found}` would do"


def put_together(rooms: Sequence[tuple[Room, str]]) -> list[Whole]:
    """All rooms by check and kind of answer; with each comes what it was measured with."""
    found: dict[tuple[str, str, str], list[tuple[Room, str]]] = {}
    for room, with_ in rooms:
        found.setdefault((room.question, room.check, room.kind), []).append((room, with_))
    return [_whole(mine) for mine in found.values()]


def _whole(mine: Sequence[tuple[Room, str]]) -> Whole:
    tight, with_ = max(mine, key=lambda one: one[0].used)
    rooms = [room for room, _ in mine]
    return Whole(
        tight=tight,
        how=", ".join(part for part in (tight.how, with_) if part),
        near=min(rooms, key=lambda one: FAR * 2 if one.nearest is None else one.nearest),
        loose=next((one.loose for one in rooms if one.loose), ""),
        partly=any(one.partly for one in rooms),
        scales=_scales(rooms),
    )


def _scales(rooms: Sequence[Room]) -> tuple[Scale, ...]:
    """Of the same proportions everywhere: what all right answers need, and all wrong ones keep."""
    found: dict[tuple[float, float], list[Scale]] = {}
    for room in rooms:
        for one in room.scales:
            found.setdefault((one.rtol, one.atol), []).append(one)
    return tuple(
        Scale(
            rtol=rtol,
            atol=atol,
            needs=max(one.needs for one in same),
            keeps=min((one.keeps for one in same if one.keeps is not None), default=None),
        )
        for (rtol, atol), same in found.items()
    )


def _finite(value: float | None) -> float | None:
    return None if value is None or value >= FAR else value


def _at_least(value: float) -> str:
    return "beyond any tolerance" if value >= FAR else f"≥ {value:.3g}"
