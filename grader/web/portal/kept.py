"""What the answer form holds of one question, to be shown again."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Offer(NamedTuple):
    """Files of an earlier attempt that can be handed in again, by the student's names for them."""

    kind: str
    names: tuple[str, ...]


@dataclass
class Kept:
    """What a student put into one question's inputs.

    `offer` is kept by a tick (`keep`). `lost` names chosen files that no page can show again; with
    `sent`, the digest that they are kept under, they can be handed in all the same. `uploads` are
    their bytes. `gone` says that such files were asked for and are kept no more.
    """

    kind: str
    texts: dict[str, str] = field(default_factory=dict)
    picks: frozenset[str] = frozenset()
    code: str = ""
    file_name: str = ""
    offer: Offer | None = None
    keep: bool = True
    lost: tuple[str, ...] = ()
    sent: str = ""
    gone: bool = False
    uploads: dict[str, bytes] = field(default_factory=dict)
