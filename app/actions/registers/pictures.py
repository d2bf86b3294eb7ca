"""Pictures of a notice on its board and of signed minutes: added to the line, shown, taken out again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.registers.writing import every
from app.actions.visits import photos
from app.domain.photo import Photo, merged
from app.domain.problem import UserError
from app.domain.registers.entry import replaced_by
from app.domain.registers.pictures import Pictured, field_of, pictures_of, with_pictures
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.review import Review
from app.pictures.picture import Picture


def add(desk: Desk, line: str, picture: Picture, *, category: str) -> Photo:
    """Seal a picture for a line, not yet named by it; the same picture twice is kept once.

    Raises UserError when the line was answered by another meanwhile, StorageFault when the disk refuses.
    """
    _standing(desk, line)
    return photos.seal(desk, line, picture, category=category)


def keep(desk: Desk, line: str, seen: Sequence[Photo], said: Sequence[Photo]) -> Pictured:
    """Have the line name `said` where it named `seen`; what another computer did meanwhile stays.

    Raises UserError when there are more than fit, or the line was answered by another meanwhile.
    """
    old = _standing(desk, line)
    now, most = merged(pictures_of(old), seen, said), field_of(old).most
    if len(now) > most and len(now) > len(pictures_of(old)):
        raise UserError(f"最多 {most} 张照片。先去掉一张，再加。", field="photos")
    new = with_pictures(old, now)
    if new != old:
        with desk.unit("register pictures") as unit:
            unit.save(new)
    return new


def let_go(desk: Desk, line: str) -> None:
    """Forget the files of pictures the line names no more. Those it took over belong to another line."""
    found = find(desk, line)
    if found is None:
        return
    with desk.unit("register pictures let go") as unit:
        gone = photos.let_go(desk, unit, line, (one.id for one in pictures_of(found)))
    attachments.clear(desk, gone)


def small(desk: Desk, line: str) -> Mapping[str, bytes]:
    """Small JPEGs of the pictures of a line, by id; one that is on another computer is left out."""
    found = find(desk, line)
    return photos.small_copies(desk, pictures_of(found)) if found is not None else {}


def find(desk: Desk, line: str) -> Pictured | None:
    """The notice or meeting of that id; None where there is none."""
    return desk.store.reading.find(PublicNotice, line) or desk.store.reading.find(Review, line)


def _standing(desk: Desk, line: str) -> Pictured:
    found = find(desk, line)
    if found is None or found.void or line in _answered(desk, found):
        raise UserError("这一笔更正过或者作废了，照片加到更正的那一笔上。", field="photos")
    return found


def _answered(desk: Desk, line: Pictured) -> Collection[str]:
    if isinstance(line, PublicNotice):
        return replaced_by(every(desk, PublicNotice)).keys()
    return replaced_by(every(desk, Review)).keys()
