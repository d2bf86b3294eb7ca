"""The step and what stands beside it: two panes where they fit, one behind the other where they do not."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.forms.aside import Aside
from ui.widgets.scroll import ScrollArea, lay_out
from ui.widgets.words import Button

WIDE = 48  # characters of width from which two panes stand side by side
ANY_WIDTH = 16_777_215


class Panes(QWidget):
    """`look` is the button that shows `aside` in place of `main` where only one of them fits; `fitted` when
    it was decided whether that button is there."""

    fitted = Signal()

    def __init__(self, main: QWidget, aside: Aside, look: Button) -> None:
        super().__init__()
        self._main, self._aside, self._look = main, aside, look
        self.setProperty("surface", "clear")
        self._area = scrolled(aside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(14))
        row.addWidget(main, 1)
        row.addWidget(self._area)
        look.setCheckable(True)
        look.toggled.connect(lambda _on: self.fit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show what fits; an empty aside takes no room."""
        wide, empty = self.width() / theme.em(21.3) >= WIDE, self._aside.empty
        behind = not wide and self._look.isChecked() and not empty
        self._look.setVisible(not wide and not empty)
        self._area.setVisible((wide and not empty) or behind)
        self._main.setVisible(not behind)
        side = theme.soft(258)
        self._area.setMinimumWidth(0 if behind else side)
        self._area.setMaximumWidth(ANY_WIDTH if behind else side)
        self.fitted.emit()


class StepArea(ScrollArea):
    """Scrolls down, never sideways; `bring` shows a widget from its top once everything has its place."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidget(content)
        self._target: QWidget | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._scroll)

    def minimumSizeHint(self) -> QSize:
        """Lower than usual: what is asked above it on a small screen takes its room, never the foot's."""
        return QSize(super().minimumSizeHint().width(), theme.soft(40))

    def bring(self, target: QWidget | None) -> None:
        """Show `target`, or the top."""
        self._target = target
        self.verticalScrollBar().setValue(0)
        self._settled.start(0)

    def _scroll(self) -> None:
        lay_out()
        target, self._target = self._target, None
        if target is None or not shiboken6.isValid(target):
            return
        top = target.mapTo(self.widget(), QPoint(0, 0)).y()
        # What is in sight already stays where the eye has it.
        if top + target.height() > self.viewport().height():
            self.verticalScrollBar().setValue(top - theme.soft(20))


def scrolled(content: QWidget) -> StepArea:
    """A vertical scroll area around `content`; it never scrolls sideways."""
    return StepArea(content)
