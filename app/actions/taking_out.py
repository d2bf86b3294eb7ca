"""What is taken out of the encrypted store as a file lies in the clear: said once, in plain words."""

from __future__ import annotations

from app.actions.desk import Desk

TOLD = "told of plain files"


def told(desk: Desk) -> bool:
    """Whether this computer's worker was told already."""
    return bool(desk.store.meta.get(TOLD))


def remember_told(desk: Desk) -> None:
    """She has read it."""
    desk.store.meta.set(TOLD, True)
