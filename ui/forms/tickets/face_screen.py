"""The faces alone over the whole window, to turn the laptop round: one question after the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.tickets.ticket_terms import DIMENSIONS
from ui import theme
from ui.forms.panel import takes_escape
from ui.widgets.five_faces import FiveFaces
from ui.widgets.following import follow
from ui.widgets.words import Button, words

SCORE = "score"  # the first question; the three finer ones (效率、水平、态度) may be asked after it


class FaceScreen(QWidget):
    """`pointed(scores)` when it is turned back: by question, 0 where nothing was pointed at."""

    pointed = Signal(object)

    def __init__(self, window: QWidget, scores: dict[str, int]) -> None:
        super().__init__(window)
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("请指一个"))
        self._questions = {SCORE: self.tr("办得满意不满意？请您指一个"), **DIMENSIONS}
        self.scores = {key: scores.get(key, 0) for key in self._questions}
        self._asked = SCORE
        self._lay_out()
        self._ask(SCORE)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.faces.faces[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Esc is its own."""
        if takes_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc turns it back; nothing is lost."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        side = theme.soft(40)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.soft(24))
        self.question = words("", "figure")
        self.question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.question)
        self.faces = FiveFaces()
        self.faces.changed.connect(self._chosen)
        for face in self.faces.faces:
            follow(face, lambda one: one.setMinimumHeight(self._face_height()))
        column.addStretch(1)
        column.addWidget(self.faces)
        column.addStretch(1)
        self.back = Button(self.tr("指好了，转回来"), "main")
        self.more = Button(self.tr("再问一样"), "", "right", after=True)
        self.back.clicked.connect(self._back)
        self.more.clicked.connect(self._next)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(16))
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.more)
        row.addStretch(1)
        column.addLayout(row)

    def _face_height(self) -> int:
        """As high as the window leaves beside the question and the buttons."""
        room = self.window().height() - theme.soft(240)
        return max(theme.soft(120), min(theme.soft(300), room))

    def _ask(self, key: str) -> None:
        self._asked = key
        self.question.setText(self._questions[key])
        self.setAccessibleDescription(self._questions[key])
        self.faces.set_value(self.scores[key])
        self._offer()

    def _chosen(self) -> None:
        self.scores[self._asked] = self.faces.value()
        self._offer()

    def _next(self) -> None:
        keys = list(self._questions)
        self._ask(keys[keys.index(self._asked) + 1])
        self.faces.faces[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        # The finer questions come after the first is answered, and only as long as there is one more.
        last = list(self._questions)[-1]
        self.more.setVisible(bool(self.scores[SCORE]) and self._asked != last)

    def _back(self) -> None:
        self.pointed.emit(dict(self.scores))
        self.hide()
        self.deleteLater()
