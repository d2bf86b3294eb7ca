"""A person on a card: name, relation, sex and age, chips, and the number, masked until it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.people import identity
from ui import theme
from ui.widgets.chip import Chip
from ui.widgets.words import Button, words

SHOWN_MS = 30_000
MOST_CHIPS = 3


class Disc(QWidget):
    """The surname in a disc."""

    def __init__(self, surname: str, *, chosen: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surname, self._chosen = surname, chosen
        self._fit()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the letter size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedSize(theme.soft(48), theme.soft(48))

    def choose(self, chosen: bool) -> None:
        """Fill the disc while its card is the chosen one."""
        self._chosen = chosen
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc and character."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("pri" if self._chosen else "sunk"))
        painter.drawEllipse(self.rect())
        painter.setPen(theme.colour("on_pri" if self._chosen else "ink"))
        painter.setFont(theme.font("strong", bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._surname)


class PersonCard(QFrame):
    """`opened(id)` on a double click, `asked(id)` when the full number is asked for, `edit_asked(id)` when
    what is known of her is to be put right (only where `editable`).

    The page writes the audit line and then calls `reveal(number)`; after 30 seconds, or when the card
    is hidden, the number is masked again. The card itself never holds a number it does not show.
    """

    opened = Signal(str)
    asked = Signal(str)
    edit_asked = Signal(str)

    def __init__(
        self,
        person_id: str,
        name: str,
        about: str,
        masked: str,
        chips: Sequence[tuple[str, str]] = (),
        *,
        editable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._id, self._masked = person_id, masked
        self.setAccessibleName("，".join([name, about, *(text for text, _tone in chips)]))
        self._lay_out(name, about, chips)
        self.show_button.setVisible("*" in masked)
        self.show_button.clicked.connect(self._press)
        self.edit_button.setVisible(editable)
        self.edit_button.clicked.connect(lambda: self.edit_asked.emit(self._id))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.cover)

    def _lay_out(self, name: str, about: str, chips: Sequence[tuple[str, str]]) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.soft(14), theme.soft(8), theme.soft(14), theme.soft(8))
        row.setSpacing(theme.soft(14))
        row.addWidget(Disc(name[:1]))
        column = QVBoxLayout()
        column.setSpacing(0)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(theme.soft(10))
        second.setSpacing(theme.soft(12))
        first.addWidget(words(name, "section"))
        first.addWidget(words(about, "body", "quiet"))
        for text, tone in chips[:MOST_CHIPS]:
            first.addWidget(Chip(text, tone))
        first.addStretch(1)
        self.number = words(self._masked)
        self.show_button = Button(self.tr("看全号"), "text", "eye")
        self.show_button.setAccessibleName(self.tr("看{name}的全号").format(name=name))
        second.addWidget(self.number)
        second.addWidget(self.show_button)
        self.edit_button = Button(self.tr("改情况"), "text", "pen")
        self.edit_button.setAccessibleName(self.tr("改{name}的情况").format(name=name))
        second.addWidget(self.edit_button)
        second.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)
        row.addLayout(column, 1)

    def reveal(self, number: str) -> None:
        """Show the full number for 30 seconds."""
        self.number.setText(identity.group(number))
        self.show_button.setText(self.tr("遮上"))
        self._timer.start(SHOWN_MS)

    def cover(self) -> None:
        """Hide the number again."""
        self._timer.stop()
        self.number.setText(self._masked)
        self.show_button.setText(self.tr("看全号"))

    def hideEvent(self, event: object) -> None:
        """A card out of sight shows nothing when it comes back."""
        self.cover()

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Open the person."""
        self.opened.emit(self._id)

    def _press(self) -> None:
        if self._timer.isActive():
            self.cover()
        else:
            self.asked.emit(self._id)
