"""Attacks are held by the real sandbox, are real, and are those of the page.

All of them, by every user and with every proof, are tried by `make attacks`: here are as many as
take a minute. Those that only wait for the wall clock are left out, but for one a kind.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.hostile import matrix, proofs
from tests.hostile.__main__ import as_user
from tests.hostile.arena import Arena, Tried
from tests.hostile.attack import Attack, every
from tests.hostile.bait import Bait, bait

WAIT = {"exhaust/busy", "exhaust/bully", "exhaust/ignore_signals", "forge/frame_trickle"}
FAMILIES = ("escape", "exhaust", "forge", "read", "uploads")
EVERY, AS_USER, PROOFS = 2, 8, 2
"""Every second attack, every eighth as an ordinary user, and two proofs a set of layers."""


def quick(attack: Attack) -> bool:
    return not set(attack.refused) & {"wall", "cpu"} or attack.name in WAIT


@pytest.fixture(scope="module")
def lure() -> Iterator[Bait]:
    with bait() as one:
        yield one


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    with Arena() as one:
        yield one


@pytest.mark.parametrize("family", FAMILIES)
def test_attacks_of_a_family_are_held(arena: Arena, lure: Bait, family: str) -> None:
    attacks = [one for one in every(f"{family}/") if quick(one)][::EVERY]
    tried: list[Tried] = arena.hold(attacks, lure, lambda _: None)
    assert {one.attack.name: one.why for one in tried if one.why} == {}
    assert len(tried) == len(attacks) > 5


def test_attacks_on_an_ordinary_users_worker_are_held_too() -> None:
    names = [one.name for one in every() if quick(one)][1::AS_USER]
    held = as_user(["--no-proofs", *names])["held"]
    assert len(held) > 30
    assert {name: why for name, why in held.items() if why} == {}


def sample() -> list[Attack]:
    groups = proofs.wanted(one for one in every() if quick(one))
    return [one for ones in groups.values() for one in ones[:: max(1, len(ones) // PROOFS)]]


def test_without_their_layers_attacks_are_not_held(lure: Bait) -> None:
    told: list[str] = []
    real = proofs.prove(sample(), lure, told.append)
    assert {name: why for name, why in real.items() if why} == {}, told
    assert len(real) > 40


def test_every_attack_is_real_by_its_declaration() -> None:
    """It is refused in a word of the layer's own, or something else happens without the layer."""
    attacks = every()
    assert len(attacks) >= 250
    for one in attacks:
        assert one.title.endswith("."), one.name
        named = one.refused and "none" not in one.refused
        assert named or one.without or one.differs, f"{one.name}: nothing shows that it is real"
        assert one.without <= set(one.layers), one.name
        assert one.differs <= set(one.layers), one.name
        assert set(one.layers) <= set(matrix.LAYERS), one.name
    words = Counter(word for one in attacks for word in one.refused)
    assert len(words) > 40, "layers are told apart by what they say"


def test_the_page_is_the_trees() -> None:
    assert matrix.compared(every(), write=False) == ""
