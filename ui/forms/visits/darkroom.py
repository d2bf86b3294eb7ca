"""From a chosen file to a sealed photo: pixels on their own thread, then on to the store's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.actions.visits import photos
from app.actions.visits.photos import Picture
from app.domain.visits.form import FormField
from app.domain.visits.photos import Photo, purpose_mark
from ui.forms.session import Session

Source = Callable[[], bytes]  # the bytes of a picture, read on the thread that works on them


class Darkroom(QObject):
    """`came(photo, small JPEG, id of what it replaces or "")` once it is on the disk; `refused(error)`.

    `coming` counts those on their way; `turned` when that changed.
    """

    came = Signal(object, object, str)
    refused = Signal(object)
    turned = Signal()

    def __init__(self, field: FormField, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._field, self._session = field, session
        self.coming = 0

    def take(self, source: Source, category: str) -> None:
        """Make a photo of what `source` gives; one of a document gets its mark."""
        mark = self._mark(category)
        self._count(1)
        self._session.tasks.beside(
            self,
            lambda: photos.develop(source(), mark=mark),
            lambda picture: self._seal(picture, category),
            self._failed,
        )

    def mark_anew(self, photo: Photo, category: str) -> None:
        """What turns out to be of a document gets its mark now, as a photo of its own."""
        tasks, mark = self._session.tasks, self._mark(category)

        def develop(jpeg: bytes) -> None:
            tasks.beside(
                self,
                lambda: photos.develop(jpeg, mark=mark),
                lambda picture: self._seal(picture, category, photo.id),
                self._failed,
            )

        self._count(1)
        tasks.run(self, lambda desk: photos.read(desk, photo.id), develop, self._failed)

    def _mark(self, category: str) -> str:
        sitting, visit = self._session.sitting, self._session.visit
        marked = category in self._field.marked
        return purpose_mark(sitting.village_name, visit.purpose, sitting.today) if marked else ""

    def _seal(self, picture: Picture, category: str, instead_of: str = "") -> None:
        visit, document = self._session.visit.id, category in self._field.marked

        def sealed(photo: Photo) -> None:
            self._count(-1)
            self.came.emit(photo, picture.small, instead_of)

        self._session.tasks.run(
            self,
            lambda desk: photos.add(desk, visit, picture, category=category, document=document),
            sealed,
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._count(-1)
        self.refused.emit(error)

    def _count(self, by: int) -> None:
        self.coming += by
        self.turned.emit()
