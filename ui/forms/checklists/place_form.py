"""Where a step is done, for the worker to complete: an old person must not arrive at the wrong window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.checklists.checklist import Place
from ui import theme
from ui.forms.checklists.way_part import WayPart
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import words

FIELDS = (
    ("name", "哪个地方", "枫香镇政府"),
    ("floor", "几楼", "1"),
    ("window", "几号窗", "3"),
    ("person", "找谁", "田干部"),
    ("phone", "电话", "先打这个"),
    ("phone2", "没人接打", "再打这个"),
    ("morning", "上午", "8:30–12:00"),
    ("afternoon", "下午", "2:30–5:30"),
    ("closed", "哪天不开门", "周六 周日"),
    ("building", "哪栋楼", "便民服务大厅"),
    ("market", "赶集日", "逢三、八"),
    ("bus", "几点的车", "7:20 村口上车"),
)
KEEP_AFTER_MS = 2_000
MUST = ("window", "person", "phone", "morning")  # without these no paper goes to the public


class PlaceForm(QWidget):
    """`kept(place)` whenever a box is left changed, or no key came for two seconds after a change.

    What the county knows is filled in already.
    """

    kept = Signal(object)

    def __init__(self, place: Place, *, columns: int = 3) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._place = place
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.soft(14), theme.soft(8), theme.soft(14), theme.soft(8))
        column.setSpacing(theme.soft(8))
        self.missing = words("", "body", "warn", wrap=True)
        column.addWidget(self.missing)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.soft(16))
        grid.setVerticalSpacing(theme.soft(6))
        self.pause = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self.pause.timeout.connect(self.keep)
        self.boxes: dict[str, LineBox] = {}
        for number, (name, label, hint) in enumerate(FIELDS):
            box = self.boxes[name] = LineBox(hint)
            box.setText(getattr(place, name))
            box.setCursorPosition(0)
            box.editingFinished.connect(self.keep)
            box.changed.connect(self.pause.start)
            field = Field(f"place.{name}", self.tr(label), box)
            grid.addWidget(field, number // columns, number % columns)
        column.addLayout(grid)
        self.way = WayPart(place)
        self.way.typing.connect(self.pause.start)
        self.way.left.connect(self.keep)
        column.addWidget(self.way)
        column.addStretch(1)
        self._show_gaps()

    def begin(self) -> None:
        """Put the focus into the first box that is empty and must not be."""
        empty = [box for name, box in self.boxes.items() if name in MUST and not box.text().strip()]
        (empty or [self.boxes["name"]])[0].setFocus()

    def keep(self) -> None:
        """Hand the place over when it differs from what was handed over last."""
        self.pause.stop()
        given: dict[str, Any] = {name: box.text().strip() for name, box in self.boxes.items()}
        if (route := self.way.route()) is not None:
            given["route"] = route
        changed = replace(self._place, **given)
        if changed != self._place:
            self._place = changed
            self._show_gaps()
            self.kept.emit(changed)

    def _show_gaps(self) -> None:
        gaps = self._place.gaps
        said = self.tr("还不知道：{gaps}。打电话问清了填上，免得老人白跑。")
        self.missing.setText(said.format(gaps="、".join(gaps)))
        self.missing.setVisible(bool(gaps))
