"""What the harness makes of a result, and how many items all results may have."""

from workers.harness.trees import Packer


def test_a_run_that_has_shipped_its_items_ships_a_reason_instead() -> None:
    packer = Packer(None, None, 0, items=5)
    assert packer.pack([1, 2, 3]) == [1, 2, 3]
    assert packer.items == 4
    assert packer.pack([1, 2])["missing"][0] == "too_large"
    assert packer.items == 5
