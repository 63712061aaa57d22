"""Secrets that must be readable again (webhook keys), encrypted in the database.

A signature needs the key itself, so a hash will not do. The rows hold Fernet tokens under a key
derived from `XGRAD_SECRET_KEY`: a stolen dump or backup signs nothing without the server's
environment. A new `XGRAD_SECRET_KEY` therefore means rotating every webhook secret once.
"""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LOCKED = "A webhook secret was sealed under another XGRAD_SECRET_KEY: rotate it."


class VaultLocked(Exception):
    """A secret was sealed under another `XGRAD_SECRET_KEY`; rotate it to make a new one."""


class Vault:
    """Seals and opens short secrets."""

    def __init__(self, secret_key: str) -> None:
        # The secret key also signs cookies; the info string keeps the two uses apart.
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"xgrad webhook secrets")
        self._fernet = Fernet(base64.urlsafe_b64encode(derive.derive(secret_key.encode())))

    def seal(self, secret: str) -> str:
        """The secret as a token for the database."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open_any(self, tokens: Sequence[str]) -> list[str]:
        """The secrets in those tokens that open. Raises `VaultLocked` if none does.

        After a new `XGRAD_SECRET_KEY` a rotated secret stands beside its predecessor, which stays
        sealed under the lost key until its time runs out.
        """
        opened = [secret for secret in map(self._opened, tokens) if secret is not None]
        if not opened:
            raise VaultLocked(LOCKED)
        return opened

    def open(self, token: str) -> str:
        """The secret in a token. Raises `VaultLocked` if another key sealed it."""
        return self.open_any([token])[0]

    def _opened(self, token: str) -> str | None:
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            return None
