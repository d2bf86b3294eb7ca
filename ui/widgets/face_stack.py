"""Faces one behind another, of which only the one in sight asks for room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class FaceStack(QStackedWidget):
    """A stack whose least size is that of the face in sight: a tall one behind it cuts nothing off a page."""

    def minimumSizeHint(self) -> QSize:
        """What the face in sight needs."""
        face = self.currentWidget()
        return face.minimumSizeHint() if face is not None else super().minimumSizeHint()
