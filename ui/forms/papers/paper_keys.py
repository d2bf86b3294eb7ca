"""The keys of a paper hold wherever the focus is on its face: turn, zoom, save, go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from ui.forms.panel import takes_escape

if TYPE_CHECKING:
    from ui.forms.papers.paper_face import PaperFace


class PaperKeys(QObject):
    """Takes what no control of `face` wanted for itself, and what would scroll beside the paper."""

    def __init__(self, face: PaperFace) -> None:
        super().__init__(face)
        self._face = face
        for watched in (face, face.area):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks before the face or what is scrolled on it has the event."""
        if watched is self._face and takes_escape(event):
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return self._face.paper.press(event) or (watched is self._face and self._press(event))

    def _press(self, event: QKeyEvent) -> bool:
        face, control = self._face, event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_S and control:
            if face.save_button.isVisible():
                face.save_button.click()
        elif event.key() == Qt.Key.Key_Escape and face.look.isChecked() and not face.pane.wide:
            face.look.setChecked(False)
        elif event.key() == Qt.Key.Key_Escape:
            face.back.emit()
        else:
            return False
        return True
