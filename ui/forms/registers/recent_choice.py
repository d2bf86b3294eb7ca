"""A name or place pointed at among those written before, or typed where it is a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.text import LineBox

OTHER = "\n"


class RecentChoice(QWidget):
    """`value()` is the text. Where nothing was written before there is only the box."""

    changed = Signal()

    def __init__(self, recent: Sequence[str], hint: str = "") -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._recent = tuple(recent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.group = ChoiceGroup([*((one, one) for one in self._recent), (OTHER, self.tr("别的"))])
        self.box = LineBox(hint)
        column.addWidget(self.group)
        column.addWidget(self.box)
        self.group.setVisible(bool(self._recent))
        self.setFocusProxy(self.group if self._recent else self.box)
        self.group.changed.connect(self._picked)
        self.box.changed.connect(self.changed)
        self._show()

    def value(self) -> str:
        """What was pointed at or typed."""
        chosen = self.group.value()
        return chosen if chosen and chosen != OTHER else self.box.value() if self._typing() else ""

    def set_value(self, text: str) -> None:
        """Show `text`; silent."""
        known = text in self._recent
        self.group.set_value(text if known else OTHER if text else "")
        self.box.set_value("" if known else text)
        self._show()

    def set_label(self, label: str) -> None:
        """Name the parts for a screen reader."""
        self.group.set_label(label)
        self.box.setAccessibleName(label)

    def _typing(self) -> bool:
        return not self._recent or self.group.value() == OTHER

    def _picked(self) -> None:
        self._show()
        if self._typing():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        self.box.setVisible(self._typing())
