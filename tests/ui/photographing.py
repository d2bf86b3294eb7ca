"""Adding photos to a visit in tests: pictures as a telephone makes them, taken by the editor's own ways."""

from __future__ import annotations

from pathlib import Path

from app.actions.visits import photos
from tests.unit.pictures.shots import from_telephone, house
from ui.forms.visits.photos import PhotosEditor
from ui.forms.visits.visit_form import VisitForm
from ui.pages.visits import VisitsPage


def picture(folder: Path, name: str, width: int = 600) -> Path:
    path = folder / name
    path.write_bytes(from_telephone(house(width, 400)))
    return path


def strip_of(form: VisitForm) -> PhotosEditor:
    control = form.page.rows["photos"].control
    assert isinstance(control, PhotosEditor)
    return control


def add(page: VisitsPage, form: VisitForm, path: Path, category: str = "") -> PhotosEditor:
    """The way through the file dialog."""
    control = strip_of(form)
    if category:
        control.sources.choose(category)
    control.take([lambda: photos.load(path)])
    assert page.tasks.wait_idle()
    return control


def words_of(control: PhotosEditor) -> list[str]:
    return [tile.text() for tile in control.shown.strip.tiles]
