"""The focus ring: one transparent overlay per window, drawn two pixels outside what has the focus.

Qt style sheets have no outline offset, and the ring must be seen for the mouse too.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ui import theme

GAP, WIDTH = 2, 3
OUT = GAP + WIDTH
FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.Scroll,
    QEvent.Type.LayoutRequest,
)


class FocusRing(QWidget):
    """Follows the focus inside `window`. A widget may narrow its ring with `focus_rect() -> QRect`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._chain: list[QWidget] = []
        self._shape = QRect()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._move_to)
        self.hide()

    def follow(self) -> None:
        """Draw the ring where the focus is now; called when a list moves its current row."""
        target = self._target
        if (
            target is None
            or not shiboken6.isValid(target)
            or not target.isVisible()
            or target.window() is not self._window
        ):
            self.hide()
            return
        inner = target.focus_rect() if hasattr(target, "focus_rect") else target.rect()
        wanted = self._inside(target, inner).adjusted(-OUT, -OUT, OUT, OUT)
        seen = wanted.intersected(self._visible_part(target)).intersected(self._window.rect())
        if seen.isEmpty():
            self.hide()
            return
        self._shape = wanted.translated(-seen.topLeft())
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep up when the focused widget or anything around it moves."""
        if event.type() in FOLLOWED:
            self.follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rounded ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The focused widget may have been destroyed since; an error in here would end the program.
        chain = [one for one in self._chain if shiboken6.isValid(one)]
        on_nav = any(one.objectName() in ("rail", "unlockSide") for one in chain)
        painter.setPen(QPen(theme.colour("focus_nav" if on_nav else "focus"), WIDTH))
        half = WIDTH / 2
        painter.drawRoundedRect(QRectF(self._shape).adjusted(half, half, -half, -half), 11, 11)

    def _move_to(self, _old: QWidget | None, now: QWidget | None) -> None:
        for watched in self._chain:
            if shiboken6.isValid(watched):
                watched.removeEventFilter(self)
        self._chain, self._target = [], None
        if now is None or now.window() is not self._window:
            self.hide()
            return
        self._target = now.focusProxy() or now
        one: QWidget | None = self._target
        while one is not None and one is not self._window:
            self._chain.append(one)
            one.installEventFilter(self)
            one = one.parentWidget()
        self.follow()

    def _visible_part(self, target: QWidget) -> QRect:
        part = self._window.rect()
        holder: QWidget | None = target.parentWidget()
        while holder is not None and holder is not self._window:
            area = holder.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is holder:
                part = part.intersected(self._inside(holder, holder.rect()).adjusted(-OUT, -OUT, OUT, OUT))
            holder = area
        return part

    def _inside(self, widget: QWidget, box: QRect) -> QRect:
        return QRect(widget.mapTo(self._window, QPoint(box.topLeft())), box.size())
