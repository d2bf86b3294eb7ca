"""Letters can grow while the worker is in the middle of something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.test_gallery import cut, open_window, seen
from ui import theme
from ui.screens import Gallery
from ui.tasks import Tasks
from ui.window import MainWindow


@pytest.fixture
def window(look: QApplication, tasks: Tasks) -> Iterator[MainWindow]:
    """The gallery at the standard size."""
    made = open_window(tasks)
    yield made
    shiboken6.delete(made)


def test_no_word_is_cut_when_letters_grow_under_way(window: MainWindow) -> None:
    window.step_size(1)
    window.step_size(1)
    for _ in range(3):
        QApplication.processEvents()
    assert theme.current().size is theme.Size.EXTRA
    assert [text for one in seen(window) if (text := cut(one))] == []


def test_what_was_typed_is_kept_when_letters_grow(window: MainWindow) -> None:
    page = window.workspace.page() if window.workspace else None
    assert isinstance(page, Gallery)
    page.wage.box.setText("345")
    window.step_size(1)
    assert page.wage.value() == 34_500


def grey(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_chosen_and_not_chosen_differ_without_colour(window: MainWindow) -> None:
    page = window.workspace.page() if window.workspace else None
    assert isinstance(page, Gallery)
    chosen = page.needs.buttons[1]
    before = grey(chosen)
    chosen.setChecked(False)
    assert grey(chosen) != before
    chosen.setChecked(True)
    assert grey(chosen) == before
