"""Several people of the village, each found by a few letters; a press on her name takes her out again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.village.finding import Find
from ui import theme
from ui.forms.panel import Ask
from ui.forms.tickets.ticket_who import PersonFinder
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button

BETWEEN = "、"


class NamesPick(QWidget):
    """`value()` is the names, one after another."""

    changed = Signal()

    def __init__(self, ask: Ask, add_words: str) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._names: list[str] = []
        self._label = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        holder = QWidget()
        holder.setProperty("surface", "clear")
        self._flow = FlowLayout(holder, theme.soft(8))
        self.add = Button(add_words, "small", "plus")
        self.buttons: list[Button] = []
        self.finder = PersonFinder(ask)
        self.finder.list.setMinimumHeight(theme.soft(72) * 2)
        column.addWidget(holder)
        column.addWidget(self.finder)
        self._flow.addWidget(self.add)
        self.setFocusProxy(self.add)
        self.finder.hide()
        self.add.clicked.connect(self._open)
        self.finder.picked.connect(self._pick)
        self.finder.box.dismissed.connect(self._close)

    def value(self) -> str:
        """`蒋大山、何立新`; "" for nobody."""
        return BETWEEN.join(self._names)

    def names(self) -> tuple[str, ...]:
        """Everybody chosen."""
        return tuple(self._names)

    def set_value(self, text: str) -> None:
        """Show these names; silent."""
        self._names = [one for one in text.split(BETWEEN) if one]
        self._fill()

    def set_label(self, label: str) -> None:
        """Name the parts for a screen reader."""
        self._label = label
        self.add.setAccessibleName(f"{label}，{self.add.text()}")
        self.finder.box.setAccessibleName(label)

    def _open(self) -> None:
        self.finder.show()
        self.finder.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self.finder.hide()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, found: Find) -> None:
        if found.title not in self._names:
            self._names.append(found.title)
        self.finder.box.clear()
        self._fill()
        self._close()
        self.changed.emit()

    def _drop(self, name: str) -> None:
        self._names.remove(name)
        self._fill()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _fill(self) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._flow.removeWidget(self.add)
        self.buttons = []
        for name in self._names:
            button = Button(name, "small", "x")
            button.setAccessibleName(self.tr("去掉 {name}").format(name=name))
            button.clicked.connect(lambda _checked=False, name=name: self._drop(name))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self._flow.addWidget(self.add)
