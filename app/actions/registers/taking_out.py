"""A register leaves the computer, on paper or as a file: always written into the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.actions.desk import Desk
from app.domain.roles import Right
from app.files import write_whole


def printed(desk: Desk, what: str) -> None:
    """It came out of the printer. `what` names the register and its stretch of time, never a person."""
    desk.require(Right.TAKE_OUT)
    with desk.unit("print register") as unit:
        unit.audit("print register", "", what)


def export_pictures(desk: Desk, what: str, pictures: Sequence[bytes], path: Path) -> None:
    """Save what may hang on a wall as pictures for the village's chat group, one for each page: `path`, and
    beside it the same name with 2, 3 … Raises StorageFault when the disk refuses."""
    desk.require(Right.TAKE_OUT)
    for number, picture in enumerate(pictures, 1):
        write_whole(path if number == 1 else path.with_stem(f"{path.stem} {number}"), picture)
    with desk.unit("export register") as unit:
        unit.audit("export register pictures", "", what)


def export(desk: Desk, what: str, pdf: bytes, path: Path) -> None:
    """Save the very bytes that were looked at. Raises StorageFault when the disk refuses."""
    desk.require(Right.TAKE_OUT)
    write_whole(path, pdf)
    with desk.unit("export register") as unit:
        unit.audit("export register", "", what)
