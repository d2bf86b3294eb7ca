"""The computer's half stays in a real keyring or nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from app.vault import device_secret


class Ring(KeyringBackend):
    """A keyring that keeps what it is given, in memory."""

    priority = 5  # type: ignore[assignment]  # the library makes it a property of the class

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def before() -> Iterator[None]:
    used = keyring.get_keyring()
    yield
    keyring.set_keyring(used)


def test_it_is_made_once_and_stays() -> None:
    keyring.set_keyring(Ring())
    assert device_secret.get() is None
    made = device_secret.get(make=True)
    assert made is not None
    assert len(made) == 32
    assert device_secret.get() == made == device_secret.get(make=True)


@pytest.mark.parametrize("ring", [fail.Keyring(), null.Keyring()])
def test_where_there_is_no_keyring_nothing_is_bound(ring: KeyringBackend) -> None:
    keyring.set_keyring(ring)
    assert not device_secret.usable()
    assert device_secret.get(make=True) is None


def test_a_locked_keyring_or_a_broken_secret_is_none() -> None:
    ring = Ring()
    keyring.set_keyring(ring)
    device_secret.get(make=True)
    ring.locked = True
    assert device_secret.get() is None
    ring.locked = False
    for broken in ("not base64 *", "AAAA"):
        ring.kept[device_secret.SERVICE, device_secret.NAME] = broken
        assert device_secret.get() is None
