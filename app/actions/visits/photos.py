"""Photos of a visit: made fit to be kept, sealed beside the store, shown again; locked with their visit.

A picture is added in two moves: `develop` works on pixels, takes a second and needs no store; `add` seals
what came of it. Taking one away while the visit is written only takes it out of the answers, so that a step
back brings it again; its file goes when the visit is signed or thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from app.actions import attachments
from app.actions.desk import Desk
from app.domain.photo import Photo
from app.domain.problem import UserError
from app.domain.visits.photos import photos_of
from app.domain.visits.visit import Visit
from app.files import read_small
from app.forms import visit_form
from app.pictures.picture import MEDIA, Picture
from app.store.attachments import Attachment
from app.store.unit import Unit
from app.vault.files import Damaged

KIND, SMALL_KIND = "photo", "thumbnail"
MOST_FILE_BYTES = 60_000_000  # the largest telephones make 40 MB


def load(path: Path) -> bytes:
    """The bytes of a file somebody chose. Raises UserError (too large) or StorageFault (unreadable)."""
    data = read_small(path, MOST_FILE_BYTES + 1)
    if len(data) > MOST_FILE_BYTES:
        raise UserError("这个文件太大，不像照片。换一张。", field="photo")
    return data


def develop(data: bytes, *, mark: str = "") -> Picture:
    """The picture in `data`, small, upright, clean, with `mark` across it. Needs no store: any thread may.

    Raises UserError when it is no picture.
    """
    from app.pictures import developing  # Pillow: not before the first photo

    return developing.develop(data, mark=mark)


def shape(jpeg: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that was kept."""
    from app.pictures import developing

    return developing.shape(jpeg)


def peek(path: Path) -> bytes:
    """A small JPEG of a picture still on a telephone. Raises UserError or StorageFault when there is none."""
    from app.pictures import developing

    return developing.peek(load(path))


def add(desk: Desk, visit: str, picture: Picture, *, category: str, document: bool = False) -> Photo:
    """Seal a picture and its small copy for an unfinished visit; the same picture twice is kept once.

    Raises UserError when the visit was signed or thrown away meanwhile, StorageFault when the disk refuses.
    """
    if desk.store.drafts.find(visit) is None:
        raise UserError("这份走访已经写完或者丢掉了，照片没有加进去。", field="photos")
    return seal(desk, visit, picture, category=category, document=document)


def seal(desk: Desk, record: str, picture: Picture, *, category: str, document: bool = False) -> Photo:
    """Seal a picture and its small copy for any record. Raises UserError or StorageFault like `add`."""
    made = attachments.add(desk, record, picture.full, kind=KIND, media=MEDIA)
    small = attachments.add(desk, record, picture.small, kind=SMALL_KIND, media=MEDIA, thumb_of=made.id)
    return Photo(made.id, made.sha256, category, document, small.sha256)


def read(desk: Desk, photo: str) -> bytes:
    """JPEG of the whole picture. Raises UserError when it is not here, Damaged when it is not whole."""
    return attachments.read(desk, photo)


def thumbs(desk: Desk, visit: Visit) -> Mapping[str, bytes]:
    """Small JPEGs of the pictures of a visit, by photo id; one that is not here or not whole is left out."""
    return small_copies(desk, photos_of(visit, visit_form()))


def small_copies(desk: Desk, photos: Iterable[Photo]) -> Mapping[str, bytes]:
    """Small JPEGs of `photos`, by id; one that is not here or not whole is left out."""
    ids = [one.id for one in photos]
    small = desk.store.attachments.thumbs(ids)
    found = {}
    for one in ids:
        with suppress(UserError, Damaged):
            found[one] = attachments.content(desk, small[one]) if one in small else read(desk, one)
    return found


def check(desk: Desk, visit: Visit) -> None:
    """Before the seal: every picture named is here and is the one named.

    Those a correction took over from the visit it corrects may lie on another computer. Raises UserError.
    """
    named = photos_of(visit, visit_form())
    rows = {one.id: one for one in desk.store.attachments.many([photo.id for photo in named])}
    taken_over = _taken_over(desk, visit)
    for photo in named:
        row = rows.get(photo.id)
        if row is None and photo in taken_over:
            continue
        if row is None or row.sha256 != photo.sha256:
            raise UserError("有一张照片不在这台电脑里了。去掉它，再签。", field="photos")


def let_go(desk: Desk, unit: Unit, record: str, keep: Iterable[str] = ()) -> tuple[Attachment, ...]:
    """Inside a unit: forget the pictures that belong to `record` but those in `keep`.

    Hand what it returns to `attachments.clear` once the unit is committed.
    """
    kept = set(keep)
    gone = [one for one in desk.store.attachments.of_record(record) if one.id not in kept]
    small = desk.store.attachments.thumbs([one.id for one in gone])
    for one in gone:
        desk.store.attachments.drop(one.id)
        unit.audit("drop attachment", record, one.id)
    return (*gone, *small.values())


def _taken_over(desk: Desk, visit: Visit) -> tuple[Photo, ...]:
    earlier = desk.store.reading.find(Visit, visit.amends) if visit.amends else None
    return photos_of(earlier, visit_form()) if earlier else ()
