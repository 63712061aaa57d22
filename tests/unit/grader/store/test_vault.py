"""Sealed secrets."""

import pytest

from grader.store.vault import Vault, VaultLocked


def test_a_secret_opens_under_the_key_that_sealed_it():
    sealed = Vault("k" * 40).seal("whsec_secret")
    assert "secret" not in sealed
    assert len(sealed) <= 500
    assert Vault("k" * 40).open(sealed) == "whsec_secret"


@pytest.mark.parametrize("token", ["", "nonsense", "gAAAA", "é"])
def test_another_key_or_another_token_opens_nothing(token):
    with pytest.raises(VaultLocked, match="rotate"):
        Vault("other" * 10).open(Vault("k" * 40).seal("whsec_secret"))
    with pytest.raises(VaultLocked):
        Vault("k" * 40).open(token)


def test_of_two_tokens_those_that_open_are_enough():
    lost, kept = Vault("other" * 10).seal("whsec_lost"), Vault("k" * 40).seal("whsec_kept")
    assert Vault("k" * 40).open_any([kept, lost]) == ["whsec_kept"]
    assert Vault("k" * 40).open_any([kept, kept]) == ["whsec_kept"] * 2
    with pytest.raises(VaultLocked, match="rotate"):
        Vault("k" * 40).open_any([lost, lost])


def test_the_same_secret_is_sealed_differently_each_time():
    vault = Vault("k" * 40)
    assert vault.seal("a") != vault.seal("a")
