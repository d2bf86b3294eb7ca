"""Photos at a laptop and at the county: taken, named, sent, looked at, and where whole copies of them lie."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

from app.actions import attachments, far_files
from app.actions.visits.photos import KIND, SMALL_KIND
from app.domain.photo import Photo, read_photos
from app.domain.problem import UserError
from app.domain.visits.visit import Visit
from app.pictures.picture import MEDIA
from app.store.files_waiting import FROM_SAVED
from app.vault.files import Damaged
from sync.client import blobs
from sync.client.blobs import Carried, Carrier, Waiting, send_all
from tests.sync.files import picture
from tests.sync.model.laptop import Laptop
from tests.sync.model.road import Road

if TYPE_CHECKING:
    from tests.sync.model.history import History

# In bytes: one piece, a few, many of the smallest. So few that the same picture is often taken twice.
SIZES = (900, 20_000, 70_000, 150_000)
SMALL_BYTES = 300
PLACES = ("house", "person")


@cache
def content(number: int) -> bytes:
    """The picture of that number, always the same."""
    return picture(number, SIZES[number % len(SIZES)])


def taken(laptop: Laptop, record: str, numbers: Sequence[int], at: datetime) -> tuple[Photo, ...]:
    """Pictures sealed beside the store for a record that is yet to name them, with their small copies."""
    desk = laptop.desk(at)
    found = []
    for number in numbers:
        whole = attachments.add(desk, record, content(number), kind=KIND, media=MEDIA)
        small = attachments.add(
            *(desk, record, picture(number + 1000, SMALL_BYTES)),
            kind=SMALL_KIND,
            media=MEDIA,
            thumb_of=whole.id,
        )
        found.append(Photo(whole.id, whole.sha256, PLACES[number % 2], thumb=small.sha256))
    return tuple(found)


def unnamed(laptop: Laptop, photos: Sequence[Photo]) -> bool:
    """Whether one of them is no longer at this laptop."""
    return len(laptop.store.attachments.many([one.id for one in photos])) < len(photos)


@dataclass(frozen=True)
class Album:
    """The files of a laptop, as the sender sees them."""

    laptop: Laptop
    at: datetime

    def unsent(self, limit: int) -> Sequence[Waiting]:
        found = far_files.next_to_send(self.laptop.desk(self.at), limit)
        return [Waiting(one.id, one.sha256, one.size) for one in found]

    def content(self, attachment: str) -> bytes:
        return far_files.to_send(self.laptop.desk(self.at), attachment)

    def sent(self, ids: Sequence[str]) -> None:
        far_files.sent(self.laptop.desk(self.at), ids)


def send(laptop: Laptop, road: Road, at: datetime, cancelled: Callable[[], bool] = lambda: False) -> Carried:
    """What waits goes up. Raises as `send_all` does."""
    with road.transport(laptop.name) as line:
        return send_all(Album(laptop, at), Carrier(line, laptop.me, at), cancelled=cancelled)


def fetch(laptop: Laptop, road: Road, at: datetime, wanted: far_files.Wanted) -> None:
    """One picture of another computer comes and is kept."""
    with road.transport(laptop.name) as line:
        data = Carrier(line, laptop.me, at).fetch(wanted.sha256, lambda _come, _all: None, lambda: False)
    far_files.keep(laptop.desk(at), wanted, data)


def wanted(laptop: Laptop) -> list[far_files.Wanted]:
    """Pictures and small copies that records in her sight name and this laptop has not."""
    rows = laptop.store.attachments
    found = []
    for record in laptop.visible("visit"):
        for said in read_photos(laptop.store.reading.get(Visit, record).answers.get("photos")):
            if rows.find(said.id) is None:
                found.append(far_files.Wanted(said.id, record, said.sha256, small=False))
            if rows.thumb(said.id) is None:
                found.append(far_files.Wanted(said.id, record, said.thumb, small=True))
    return found


def waiting(laptop: Laptop) -> list[tuple[str, str]]:
    """(attachment, hash) of all files that are yet to be sent."""
    return [(str(one), str(sha256)) for one, sha256 in laptop.sql(f"SELECT a.id, a.sha256 {FROM_SAVED}")]


def whole_here(laptop: Laptop, at: datetime) -> set[str]:
    """The hashes of all pictures this laptop can open."""
    desk, found = laptop.desk(at), set()
    for one in laptop.store.attachments.every():
        try:
            found.add(hashlib.sha256(attachments.content(desk, one)).hexdigest())
        except (Damaged, UserError):
            continue
    return found


@dataclass
class Pictures:
    """Of one history: what was taken, and what a second failure took from the last place where it lay."""

    named: set[str] = field(default_factory=set)  # hashes in records that were called saved
    given_up: set[str] = field(default_factory=set)

    def copies(self, story: History) -> set[str]:
        """Those of which somebody has a whole copy."""
        if not self.named:
            return set()
        there = story.shire.files()
        for laptop in story.laptops:
            there |= whole_here(laptop, story.shire.at)
        return there & self.named

    @contextmanager
    def at_risk(self, story: History) -> Iterator[None]:
        """A disk goes or is put back in the meantime: what was only there is counted, and not asked for."""
        before = self.copies(story)
        yield
        gone = before - self.copies(story)
        story.seen["photos lost in a double failure"] += len(gone - self.given_up)
        self.given_up |= gone


@contextmanager
def at_once() -> Iterator[None]:
    """Pieces follow one another without the pause a county asks for."""
    with patch.object(blobs, "BREATH_SECONDS", 0.0):
        yield
