"""The way there, for the worker to complete: up to three drawn steps with a few words each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklists.checklist import MOST_WAY_WORDS, MOST_WAYS, Place, Way
from app.domain.problem import Problem
from ui import theme
from ui.pictogram import Pictogram
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import words

ICONS = (("walk", "走路"), ("bus", "坐车"), ("hall", "看见楼"))


class WayRow(QWidget):
    """One drawn step of the way: its words, and which picture. `changed` when the picture does."""

    changed = Signal()

    def __init__(self, number: int, way: Way | None) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        options = [(key, self.tr(word)) for key, word in ICONS]
        if way is not None and way.icon not in dict(ICONS):
            options.append((way.icon, self.tr("县里的图")))
        self.icon = ChoiceGroup(options)
        self.icon.set_label(self.tr("第 {n} 段画什么").format(n=number))
        self.icon.set_value(way.icon if way else "")
        self.icon.changed.connect(self.changed)
        self.box = LineBox(self.tr("如：村口坐车到镇上"))
        self.box.setText(way.words if way else "")
        self.field = Field(f"way{number}", self.tr("第 {n} 段").format(n=number), self.box)
        if way is not None:
            row.addWidget(Pictogram(way.icon, 44), 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.field, 1)
        row.addWidget(self.icon, 1, Qt.AlignmentFlag.AlignBottom)

    def way(self) -> Way | None:
        """The step, or None while nothing is written."""
        said = self.box.value()
        return Way(self.icon.value() or "walk", said) if said else None

    def problem(self) -> Problem | None:
        """Too long for the paper."""
        if len(self.box.value()) <= MOST_WAY_WORDS:
            return None
        return Problem("", self.tr("纸上最多 {n} 个字，写短一点。").format(n=MOST_WAY_WORDS))


class WayPart(QWidget):
    """Stands under the form of the place: `typing` at every key, `left` when something may be kept."""

    typing = Signal()
    left = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(6))
        title = words(self.tr("怎么去。写一次就记住，下一张清单照着打。"), "label", wrap=True)
        column.addWidget(title)
        self.rows: list[WayRow] = []
        for number, way in enumerate([*place.route, *[None] * MOST_WAYS][:MOST_WAYS], 1):
            row = WayRow(number, way)
            row.box.editingFinished.connect(self.left)
            row.box.changed.connect(self.typing)
            row.changed.connect(self.left)
            column.addWidget(row)
            self.rows.append(row)

    def route(self) -> tuple[Way, ...] | None:
        """The steps as written; None, and said beside the box, while one is too long for the paper."""
        for one in self.rows:
            if problem := one.problem():
                one.field.show_problem(problem)
                return None
        return tuple(way for one in self.rows if (way := one.way()) is not None)
