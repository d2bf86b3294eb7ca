"""A register leaves the computer, on paper or as a file: always written into the log."""

from __future__ import annotations

from pathlib import Path

from app.actions.desk import Desk
from app.domain.roles import Right
from app.files import write_whole


def printed(desk: Desk, what: str) -> None:
    """It came out of the printer. `what` names the register and its stretch of time, never a person."""
    desk.require(Right.TAKE_OUT)
    with desk.unit("print register") as unit:
        unit.audit("print register", "", what)


def export(desk: Desk, what: str, pdf: bytes, path: Path) -> None:
    """Save the very bytes that were looked at. Raises StorageFault when the disk refuses."""
    desk.require(Right.TAKE_OUT)
    write_whole(path, pdf)
    with desk.unit("export register") as unit:
        unit.audit("export register", "", what)
