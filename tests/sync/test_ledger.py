"""The ledger in memory keeps the contract, so tests that use it speak for the real one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.device import DeviceIdentity
from tests.sync.ledger_contract import CONTRACT
from tests.sync.memory import MemoryLedger
from tests.sync.seated import VILLAGE, Factory


def empty() -> MemoryLedger:
    return MemoryLedger(
        DeviceIdentity("d1", "r1", bytes(32), "http://127.0.0.1", "439901", "e1", "w1", "向海燕", (VILLAGE,))
    )


@pytest.mark.parametrize("promise", CONTRACT, ids=lambda promise: promise.__name__)
def test_the_ledger_in_memory_keeps(promise: Callable[[Factory], None]) -> None:
    promise(empty)


def test_a_key_is_never_shown() -> None:
    assert "key" not in repr(empty().identity())
