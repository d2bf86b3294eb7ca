"""Where a step is done, for the worker to complete: an old person must not arrive at the wrong window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.checklist import Place
from ui import theme
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

FIELDS = (
    ("name", "哪个地方", "枫香镇政府"),
    ("floor", "几楼", "1 楼"),
    ("window", "几号窗", "3 号窗"),
    ("person", "找谁", "田干部"),
    ("phone", "电话", "先打这个"),
    ("phone2", "没人接打", "再打这个"),
    ("morning", "上午", "8:30–12:00"),
    ("afternoon", "下午", "2:30–5:30"),
    ("closed", "哪天不开门", "周六 周日"),
)


class PlaceForm(QWidget):
    """`kept(place)` when the worker is done; what the county knows is filled in already."""

    kept = Signal(object)
    left = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._place = place
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        if gaps := place.gaps:
            said = self.tr("还不知道：{gaps}。打电话问清了填上，免得老人白跑。").format(gaps="、".join(gaps))
            column.addWidget(words(said, "body", "warn", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.soft(16))
        grid.setVerticalSpacing(theme.soft(8))
        self.boxes: dict[str, LineBox] = {}
        for number, (name, label, hint) in enumerate(FIELDS):
            box = self.boxes[name] = LineBox(hint)
            box.setText(getattr(place, name))
            grid.addWidget(Field(f"place.{name}", self.tr(label), box), number // 3, number % 3)
        column.addLayout(grid)
        self.keep_button = Button(self.tr("记下来"), "primary", "check")
        self.keep_button.clicked.connect(self._keep)
        column.addWidget(self.keep_button)
        column.addStretch(1)

    def _keep(self) -> None:
        given: dict[str, Any] = {name: box.text().strip() for name, box in self.boxes.items()}
        self.kept.emit(replace(self._place, **given))
