"""From a chosen file to a sealed photo: pixels on their own thread, then on to the store's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.actions.desk import Desk
from app.actions.visits import photos
from app.actions.visits.photos import Picture
from app.domain.photo import Photo
from app.domain.visits.form import FormField
from app.domain.visits.photos import purpose_mark
from ui.forms.session import Session
from ui.tasks import Tasks

Source = Callable[[], bytes]  # the bytes of a picture, read on the thread that works on them


class Album(Protocol):
    """The record that pictures go into, as far as they are concerned."""

    @property
    def tasks(self) -> Tasks: ...

    @property
    def record(self) -> str:
        """Its id."""
        ...

    def mark(self, category: str) -> str:
        """What is written across a picture filed as this; "" for nothing."""
        ...

    def sealing(self, picture: Picture, category: str) -> Callable[[Desk], Photo]:
        """The work that seals a picture for the record."""
        ...

    def looking(self) -> Callable[[Desk], Mapping[str, bytes]]:
        """The work that fetches small copies of its pictures."""
        ...


class VisitAlbum:
    """The pictures of a visit being written."""

    def __init__(self, field: FormField, session: Session) -> None:
        self.tasks = session.tasks
        self._field, self._session = field, session

    @property
    def record(self) -> str:
        """The visit as it is called now."""
        return self._session.visit.id

    def mark(self, category: str) -> str:
        """A document says for which village, what for, and the day."""
        sitting, visit = self._session.sitting, self._session.visit
        marked = category in self._field.marked
        return purpose_mark(sitting.village_name, visit.purpose, sitting.today) if marked else ""

    def sealing(self, picture: Picture, category: str) -> Callable[[Desk], Photo]:
        """For the visit as it is called now."""
        visit, document = self._session.visit.id, category in self._field.marked
        return lambda desk: photos.add(desk, visit, picture, category=category, document=document)

    def looking(self) -> Callable[[Desk], Mapping[str, bytes]]:
        """Those its answers name now."""
        visit = self._session.visit
        return lambda desk: photos.thumbs(desk, visit)


class Darkroom(QObject):
    """`came(photo, small JPEG, id of what it replaces or "")` once it is on the disk; `refused(error)`.

    `coming` counts those on their way; `turned` when that changed.
    """

    came = Signal(object, object, str)
    refused = Signal(object)
    turned = Signal()

    def __init__(self, album: Album, parent: QObject) -> None:
        super().__init__(parent)
        self._album = album
        self.coming = 0

    def take(self, source: Source, category: str) -> None:
        """Make a photo of what `source` gives; one of a document gets its mark."""
        mark = self._album.mark(category)
        self._count(1)
        self._album.tasks.beside(
            self,
            lambda: photos.develop(source(), mark=mark),
            lambda picture: self._seal(picture, category),
            self._failed,
        )

    def mark_anew(self, photo: Photo, category: str) -> None:
        """What turns out to be of a document gets its mark now, as a photo of its own."""
        tasks, mark = self._album.tasks, self._album.mark(category)

        def develop(jpeg: bytes) -> None:
            tasks.beside(
                self,
                lambda: photos.develop(jpeg, mark=mark),
                lambda picture: self._seal(picture, category, photo.id),
                self._failed,
            )

        self._count(1)
        tasks.run(self, lambda desk: photos.read(desk, photo.id), develop, self._failed)

    def _seal(self, picture: Picture, category: str, instead_of: str = "") -> None:
        def sealed(photo: Photo) -> None:
            self._count(-1)
            self.came.emit(photo, picture.small, instead_of)

        self._album.tasks.run(self, self._album.sealing(picture, category), sealed, self._failed)

    def _failed(self, error: Exception) -> None:
        self._count(-1)
        self.refused.emit(error)

    def _count(self, by: int) -> None:
        self.coming += by
        self.turned.emit()
