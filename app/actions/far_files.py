"""Files of records on their way to the county and from it: what waits, what is missing, what has come.

Whatever a saved record names goes up by itself, small copies first. What another computer took is fetched
when somebody looks at it, and the whole pictures fetched last are kept; the county keeps them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.visits.photos import KIND, SMALL_KIND
from app.domain.ids import new_id
from app.domain.photo import Photo
from app.pictures.picture import MEDIA
from app.store.attachments import Attachment
from app.store.files_waiting import FilesLeft
from app.vault import files
from app.vault.files import Damaged

KEPT = 500  # whole pictures fetched from the county: some 100 MB


@dataclass(frozen=True)
class Wanted:
    """A picture to fetch: the photo it is or is a small copy of, the record it is looked at in, its hash."""

    photo: str
    record: str
    sha256: str
    small: bool


def waiting(desk: Desk) -> FilesLeft:
    """How many files of saved records the county has not got yet."""
    return desk.store.files_waiting.left()


def next_to_send(desk: Desk, limit: int) -> tuple[Attachment, ...]:
    """The next of them, small copies first."""
    return desk.store.files_waiting.next(limit)


def to_send(desk: Desk, attachment: str) -> bytes:
    """The plain content; b"" when it is gone meanwhile or not whole here (`verify` says which)."""
    found = desk.store.attachments.find(attachment)
    try:
        return attachments.content(desk, found) if found is not None else b""
    except Damaged:
        return b""


def sent(desk: Desk, ids: Sequence[str]) -> None:
    """The county has these."""
    desk.store.files_waiting.sent(ids)


def missing(desk: Desk, record: str, photos: Iterable[Photo]) -> tuple[Wanted, ...]:
    """What to fetch so that each of `photos` can be shown small: its small copy, or the whole of one from a
    release that named none."""
    asked = list(photos)
    ids = [one.id for one in asked]
    small = desk.store.attachments.thumbs(ids)
    whole = {one.id for one in desk.store.attachments.many(ids)}
    return tuple(
        Wanted(one.id, record, one.thumb or one.sha256, bool(one.thumb))
        for one in asked
        if one.id not in small and one.id not in whole
    )


def keep(desk: Desk, wanted: Wanted, data: bytes) -> None:
    """Seal what was fetched; twice is once. Raises Damaged for other content, StorageFault for the disk."""
    if hashlib.sha256(data).hexdigest() != wanted.sha256:
        raise Damaged
    rows = desk.store.attachments
    if rows.thumb(wanted.photo) if wanted.small else rows.find(wanted.photo):
        return
    made = Attachment(
        new_id(desk.now) if wanted.small else wanted.photo,
        wanted.record,
        SMALL_KIND if wanted.small else KIND,
        MEDIA,
        len(data),
        wanted.sha256,
        files.new_key(),
        desk.now,
        wanted.photo if wanted.small else "",
    )
    attachments.lay_down(desk, made, data, attachments.FETCHED)


def make_room(desk: Desk, keep: int = KEPT) -> int:
    """Let go of whole pictures fetched long ago, and of all fetched for records that are gone; how many."""
    gone = desk.store.files_waiting.spare(keep)
    if gone:
        with desk.unit("attachment"):
            for one in gone:
                desk.store.attachments.drop_one(one.id)
        attachments.clear(desk, gone)
    return len(gone)
