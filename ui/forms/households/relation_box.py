"""是户主的什么人: pointed at among the common ones, or typed as people say it (老婆, 大儿子, 媳妇)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people.codes import RELATION
from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import LineBox
from ui.widgets.words import Button

# As people say them; the register's own words are shorter (妻, 子).
COMMON = {
    "12": "妻子", "11": "丈夫", "20": "儿子", "30": "女儿", "38": "儿媳", "41": "孙子", "42": "孙女",
    "51": "父亲", "52": "母亲", "02": "户主",
}  # fmt: skip
MOST = 10


class RelationBox(QWidget):
    """`value()` is the code of GB/T 4761-2008, "" while nobody can tell which is meant."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.box = LineBox(self.tr("点一个，或者打字：大儿子、媳妇"))
        column.addWidget(self.box)
        self._offers = QWidget()
        self._flow = FlowLayout(self._offers, theme.soft(8))
        self.buttons: list[Button] = []
        column.addWidget(self._offers)
        self.setFocusProxy(self.box)
        self.box.textChanged.connect(lambda _text: self._narrow())
        self.box.changed.connect(self.changed)
        self._narrow()

    def value(self) -> str:
        """The code meant by what stands there."""
        return RELATION.find(self.box.value()) or ""

    def set_value(self, code: str) -> None:
        """Show `code` in words; silent."""
        self.box.set_value(_spoken(code) if code else "")

    def set_label(self, label: str) -> None:
        """Name the box for a screen reader."""
        self.setAccessibleName(label)
        self.box.setAccessibleName(label)

    def _take(self, code: str) -> None:
        self.set_value(code)
        self.changed.emit()
        self.box.setFocus()

    def _narrow(self) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for code in self._fitting():
            button = Button(_spoken(code), "small")
            button.clicked.connect(lambda _checked=False, code=code: self._take(code))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self._offers.setVisible(bool(self.buttons))

    def _fitting(self) -> list[str]:
        typed = self.box.value()
        if not typed:
            return list(COMMON)
        if self.value():
            return []
        return [code for code, label in RELATION.labels.items() if typed in label][:MOST]


def _spoken(code: str) -> str:
    return COMMON.get(code) or RELATION.label(code)
