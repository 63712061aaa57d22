"""That attacks are real: without the layers that stop them they succeed, or are told otherwise."""

from collections.abc import Iterable, Sequence

from rubrics.job import Run
from tests.hostile import weakened
from tests.hostile.attack import Attack, Tell
from tests.hostile.bait import Bait

USES = (b"import torch", b"import numpy")


def wanted(attacks: Iterable[Attack]) -> dict[frozenset[str], list[Attack]]:
    """Attacks that can be proved, by the layers to leave out."""
    found: dict[frozenset[str], list[Attack]] = {}
    for one in attacks:
        if one.without or one.differs:
            found.setdefault(one.without or one.differs, []).append(one)
    return found


def prove(attacks: Sequence[Attack], lure: Bait, tell: Tell) -> dict[str, str]:
    """Why an attack is not proved real, by name; empty if it is."""
    found: dict[str, str] = {}
    for layers, ones in sorted(wanted(attacks).items(), key=lambda item: sorted(item[0])):
        torch = "principle" in layers or any(use in _text(one) for one in ones for use in USES)
        with weakened.without(layers, torch) as attempt:
            for one in ones:
                found[one.name] = why = _unreal(one, *attempt(one, lure.script()))
                mark = "UNREAL" if why else "REAL"
                tell(f"{mark:7}{one.name:34}without {', '.join(sorted(layers))} {why}")
        lure.restore()
    return found


def _text(attack: Attack) -> bytes:
    return attack.files["answer.py"]


def _unreal(attack: Attack, run: Run, word: str) -> str:
    if attack.without:
        return "" if weakened.succeeded(run) else f"it got {word}: {run.explanation}"
    return "" if word not in attack.refused and word else f"it was told {word} all the same"
