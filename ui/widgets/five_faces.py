"""Five faces for the elder to point at: equal in size and colour, nothing chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.domain.tickets.ticket_terms import FACES
from ui import icons, theme


class FaceButton(QAbstractButton):
    """One face."""

    def __init__(self, score: int) -> None:
        super().__init__()
        self.score = score
        self.setCheckable(True)
        self.setText(f"{score} {FACES[score]}")
        self.setAccessibleName(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def sizeHint(self) -> QSize:
        """All five equally wide, enough for the longest words in bold."""
        metrics = QFontMetrics(theme.font(bold=True))
        widest = max(metrics.horizontalAdvance(f"{score} {word}") for score, word in FACES.items())
        return QSize(widest + 16, theme.soft(62) + metrics.height() * len(self._lines()) + 8)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, face, number and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        thick = 3 if on else 2
        painter.setPen(QPen(theme.colour("pri" if on else "edge"), thick))
        painter.setBrush(theme.colour("tint" if on or self.underMouse() else "card"))
        half = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        font = theme.font(bold=on)
        lines = self._lines()
        line = QFontMetrics(font).height() * len(lines)
        size = max(theme.soft(54), min(self.height() - line - 18, self.width() - 24))
        top = (self.height() - size - line - 2) / 2
        shade = theme.colour("pri2" if on else "ink")
        face = QRectF((self.width() - size) / 2, top, size, size)
        icons.paint(painter, f"face{self.score}", face, shade, 1.7)
        painter.setPen(shade)
        painter.setFont(font)
        box = QRectF(0, top + size + 2, self.width(), line)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))

    def _lines(self) -> list[str]:
        # At the largest letters five faces fit side by side only with the word below its number.
        if theme.current().size is theme.Size.EXTRA:
            return [str(self.score), FACES[self.score]]
        return [self.text()]


class FiveFaces(QWidget):
    """`value()` is 5…1, or 0 when nothing was pointed at. Digits 1–5 choose by the number on the face."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.setAccessibleName(self.tr("办得满意不满意"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(10))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.faces = [FaceButton(score) for score in FACES]
        for face in self.faces:
            row.addWidget(face, 1)
            face.clicked.connect(lambda _checked=False, face=face: self._choose(face.score))

    def value(self) -> int:
        """The number pointed at, 0 for none."""
        return next((face.score for face in self.faces if face.isChecked()), 0)

    def set_value(self, score: int) -> None:
        """Show `score`; silent."""
        for face in self.faces:
            face.setChecked(face.score == score)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows move."""
        digit = event.key() - Qt.Key.Key_0
        by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if 1 <= digit <= 5:
            self._choose(digit)
        elif by:
            now = next((place for place, face in enumerate(self.faces) if face.hasFocus()), 0)
            self.faces[(now + by) % len(self.faces)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _choose(self, score: int) -> None:
        self.set_value(score)
        self.changed.emit()
