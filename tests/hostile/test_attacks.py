"""Every attack is held by the real sandbox, and the next honest submission is graded right."""

from collections.abc import Iterator

import pytest

from tests.hostile.arena import Arena, Bait, bait
from tests.hostile.attack import Attack, every


@pytest.fixture(scope="module")
def lure() -> Iterator[Bait]:
    with bait() as one:
        yield one


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    one = Arena(slots=1)
    try:
        yield one
    finally:
        one.close()


@pytest.mark.parametrize("attack", every(), ids=lambda one: one.name)
def test_attack_is_held(arena: Arena, lure: Bait, attack: Attack):
    _, why = arena.attempt(attack, lure)
    assert why == ""


def test_there_are_enough_attacks_and_each_names_what_stops_it():
    attacks = every()
    assert len(attacks) >= 150
    assert all(one.layers and one.title.endswith(".") for one in attacks)
