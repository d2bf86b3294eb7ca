"""The pictures of a notice or a meeting as pages for its file."""

from __future__ import annotations

from contextlib import suppress

from app.actions.desk import Desk
from app.actions.registers import pictures
from app.actions.visits import photos
from app.documents.registers.photo_sheet import render
from app.documents.visits.visit_sheet import Picture
from app.domain.problem import UserError
from app.domain.registers.photo_page import caption, page_of
from app.domain.registers.pictures import Pictured, pictures_of
from app.domain.roles import Right
from app.vault.files import Damaged


def pages(desk: Desk, line: str) -> bytes:
    """The PDF. Raises UserError when no picture of the line is on this computer, or the role may not."""
    desk.require(Right.TAKE_OUT)
    found = pictures.find(desk, line)
    shown = _pictures(desk, found) if found is not None else ()
    if found is None or not shown:
        raise UserError("照片都在拍它的那台电脑里，到那台电脑上打。", field="photos")
    items = {one.code: one.name for one in desk.pack.items()}
    page = page_of(
        found, items.get(found.item, ""), desk.village_name, desk.today, simulated=desk.pack.simulated
    )
    return render(page, shown, fonts_folder=desk.fonts)


def _pictures(desk: Desk, line: Pictured) -> tuple[Picture, ...]:
    found = []
    for one in pictures_of(line):
        with suppress(UserError, Damaged):  # taken on another computer
            jpeg = photos.read(desk, one.id)
            found.append(Picture(caption(line, one.category), *photos.shape(jpeg), jpeg))
    return tuple(found)
