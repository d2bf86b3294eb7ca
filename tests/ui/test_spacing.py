"""Gaps and margins follow the letters in mid-work: grown under way looks as if built at that size."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.laptop import enrolled, go, running, unlock
from ui import theme
from ui.bootstrap import Program
from ui.spacing import follow
from ui.theme import Size, Theme
from ui.widgets.following import follow as follow_letters
from ui.widgets.text import LineBox
from ui.workspace import ENTRIES

Lengths = Counter[tuple[str, ...]]


def lengths(root: QWidget) -> Lengths:
    """What every layout under `root` was given, each with the widgets it stands in."""
    found: Lengths = Counter()
    for widget in (root, *root.findChildren(QWidget)):
        layout = widget.layout()
        if isinstance(layout, QBoxLayout | QGridLayout):
            _put(found, (type(widget.parent()).__name__, type(widget).__name__), layout)
    return found


def _put(found: Lengths, where: tuple[str, ...], layout: QLayout) -> None:
    margins = layout.contentsMargins()
    sides = (margins.left(), margins.top(), margins.right(), margins.bottom())
    gaps = (
        (layout.horizontalSpacing(), layout.verticalSpacing())
        if isinstance(layout, QGridLayout)
        else (layout.spacing(),)
    )
    gaps = gaps if layout.count() > 1 else ()  # nothing to stand apart
    spacers = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if (inner := item.layout()) is not None:
            _put(found, (*where, str(place)), inner)
        elif (spacer := item.spacerItem()) is not None:
            spacers.append((spacer.sizeHint().width(), spacer.sizeHint().height()))
    found[(*where, str(sides), str(gaps), str(spacers))] += 1


def walk(program: Program) -> None:
    for entry in ENTRIES:
        go(program, entry.key)
    go(program, "settings")


def through(look: QApplication, folder: Path, *sizes: Size) -> list[dict[str, Lengths]]:
    """Every page of a program built at the first size, then as it stands after each of the others."""
    theme.apply(look, Theme(sizes[0]))
    stood = []
    with running(look, enrolled(folder)) as program:
        program.window.resize(1366, 696)
        theme.apply(look, Theme(sizes[0]))
        unlock(program)
        for size in sizes:
            theme.apply(look, Theme(size))
            walk(program)
            stood.append(standing(program))
    return stood


def standing(program: Program) -> dict[str, Lengths]:
    space = program.window.workspace
    assert space is not None
    found = {name: lengths(page) for name, page in space.pages.items()}
    return {**found, "around": lengths(space.top) + lengths(space.rail) + lengths(space.banner)}


# Born at each size, and taken from each to every other.
WAYS = (
    (Size.STANDARD, Size.LARGE, Size.EXTRA),
    (Size.EXTRA, Size.LARGE, Size.STANDARD),
    (Size.LARGE, Size.EXTRA, Size.STANDARD, Size.LARGE),
)


def test_a_page_grown_under_way_has_the_gaps_of_one_built_at_that_size(
    look: QApplication, tmp_path: Path
) -> None:
    stood = [through(look, tmp_path / str(number), *way) for number, way in enumerate(WAYS)]
    built = {way[0]: first for way, (first, *_) in zip(WAYS, stood, strict=True)}
    missing = {
        (way[: place + 1], name): left
        for way, (_, *grown) in zip(WAYS, stood, strict=True)
        for place, pages in enumerate(grown, 1)
        # Side by side or one under another leaves other parts aside: what was built must be there.
        for name, expected in built[way[place]].items()
        if (left := dict(expected - pages[name]))
    }
    assert len(built) == len(Size)
    assert not missing


def test_a_box_of_fixed_width_follows_too(look: QApplication, qtbot: QtBot) -> None:
    theme.apply(look, Theme())
    box = LineBox()
    qtbot.addWidget(box)
    follow_letters(box, lambda one: one.setFixedWidth(theme.soft(160)))
    for size in (Size.EXTRA, Size.STANDARD):
        theme.apply(look, Theme(size))
        look.processEvents()
        assert box.width() == Theme(size).soft(160)


def test_not_a_letter_is_lost_while_letters_grow(look: QApplication, tmp_path: Path) -> None:
    with running(look, enrolled(tmp_path)) as program:
        unlock(program)
        go(program, "tickets", new=True)
        assert program.window.workspace is not None
        page = program.window.workspace.page()
        assert page is not None
        boxes = [one for one in page.findChildren(QLineEdit) if one.isEnabled()]
        for number, box in enumerate(boxes):
            box.setText(f"写到一半 {number}")
        before = [box.text() for box in boxes]
        for by in (1, 1, -1):
            program.window.step_size(by)
            look.processEvents()
        assert boxes
        assert [box.text() for box in boxes] == before
        assert program.window.workspace.page() is page, "nothing is built anew under her hands"


@pytest.mark.parametrize("old", list(Size))
@pytest.mark.parametrize("new", list(Size))
def test_no_length_drifts_however_often_letters_are_changed(look: QApplication, old: Size, new: Size) -> None:
    holder = QWidget()
    for px in range(1, 60):
        column = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        holder_of_one = QWidget(holder)
        holder_of_one.setLayout(column)
        column.setSpacing(Theme(old).soft(px))
        column.setContentsMargins(Theme(old).soft(px), 0, 0, 0)
        follow(Theme(old).soft, Theme(new).soft)
        assert (column.spacing(), column.contentsMargins().left()) == (Theme(new).soft(px),) * 2
        follow(Theme(new).soft, Theme(old).soft)
        assert column.spacing() == Theme(old).soft(px)
