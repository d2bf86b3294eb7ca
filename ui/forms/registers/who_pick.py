"""Whom a line of a register is about: a person of the village found by letters, or somebody else by name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.village.finding import Find
from ui import theme
from ui.forms.panel import Ask
from ui.forms.tickets.ticket_who import PersonFinder
from ui.widgets.text import LineBox
from ui.widgets.words import Button, Sentence

GAP = "\t"


@dataclass(frozen=True)
class Who:
    """`person` and `household` are empty for somebody who is not of this village."""

    name: str = ""
    person: str = ""
    household: str = ""
    place: str = ""

    @property
    def told(self) -> str:
        """As one text, to be kept with a form; "" for nobody."""
        return GAP.join((self.name, self.person, self.household, self.place)) if self.name else ""


def who_of(told: str) -> Who:
    """The reverse of `told`."""
    return Who(*(told.split(GAP) + [""] * 4)[:4]) if told else Who()


class WhoPick(QWidget):
    """`value()` is `Who.told`. With `strangers` a name may also be typed."""

    changed = Signal()

    def __init__(self, ask: Ask, *, strangers: str = "") -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._who, self._stranger = Who(), False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.finder = PersonFinder(ask)
        self.finder.list.setMinimumHeight(theme.soft(72) * 2)
        self.name = LineBox()
        self.other = Button(strangers, "small")
        self.line = Sentence("", "strong")
        self.again = Button(self.tr("换一个"), "small")
        self._chosen = QWidget()
        self._chosen.setProperty("surface", "clear")
        row = QHBoxLayout(self._chosen)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        row.addWidget(self.line)
        row.addWidget(self.again)
        row.addStretch(1)
        for part in (self.finder, self.name, self.other, self._chosen):
            column.addWidget(
                part, 0, Qt.AlignmentFlag.AlignLeft if part is self.other else Qt.AlignmentFlag(0)
            )
        self._strangers = strangers
        self.setFocusProxy(self.finder.box)
        self.finder.picked.connect(self._pick)
        self.again.clicked.connect(self._again)
        self.other.clicked.connect(self._switch)
        self.name.changed.connect(self.changed)
        self._show()

    @property
    def who(self) -> Who:
        """Who was chosen."""
        return Who(self.name.value()) if self._stranger else self._who

    def value(self) -> str:
        """As one text."""
        return self.who.told

    def set_value(self, told: str) -> None:
        """Show who it is; silent."""
        who = who_of(told)
        self._stranger = bool(who.name and not who.person and self._strangers)
        self._who = Who() if self._stranger else who
        self.name.set_value(who.name if self._stranger else "")
        self._show()

    def set_label(self, label: str) -> None:
        """Name the parts for a screen reader."""
        self.finder.box.setAccessibleName(label)
        self.name.setAccessibleName(label)
        self.again.setAccessibleName(f"{label}，{self.again.text()}")

    def _pick(self, found: Find) -> None:
        place = found.note.partition(" · ")[0]
        self._who = Who(found.title, found.record, found.household, place)
        self._show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _again(self) -> None:
        self._who = Who()
        self.finder.box.clear()
        self._show()
        self.finder.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _switch(self) -> None:
        self._stranger = not self._stranger
        self._who = Who()
        self._show()
        (self.name if self._stranger else self.finder.box).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        chosen = bool(self._who.name) and not self._stranger
        self.finder.setVisible(not chosen and not self._stranger)
        self.name.setVisible(self._stranger)
        self.other.setVisible(bool(self._strangers) and not chosen)
        self.other.setText(self.tr("找村里的人") if self._stranger else self._strangers)
        self._chosen.setVisible(chosen)
        self.line.setText(f"{self._who.name}　{self._who.place}".strip())
