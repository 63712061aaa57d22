"""The jail's root is put together where it hides nothing of the installation."""

import pytest

from workers.zygote import root


def test_a_folder_that_holds_the_installation_is_not_covered() -> None:
    first = root.place(())
    second = root.place((f"{first}/home with spaces/xgrad/.venv/lib",))
    assert first != second
    assert root.place((f"{first}-like/lib",)) == first


def test_when_none_will_do_it_says_so() -> None:
    everywhere = tuple(f"{folder}/lib" for folder in root.PLACES)
    with pytest.raises(FileNotFoundError, match="to build the root in"):
        root.place(everywhere)
