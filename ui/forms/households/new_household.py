"""A new household, entered at the door: group, door, head, number, telephone; namesakes are asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.village.finding import Group
from app.actions.village.households import Duplicate, Newcomer
from app.domain.people.identity import Sex
from ui import theme
from ui.forms.group_box import GroupBox
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.id_number import IdEdit
from ui.widgets.scroll import scrolled
from ui.widgets.text import LineBox, NumberBox
from ui.widgets.words import Button, words


class NewHousehold(QWidget):
    """`made(newcomer, another)` to enter it, `known(person)` to open the one who is here, `closed()` when
    it is thrown away, `touched` at every change."""

    made = Signal(object, bool)
    known = Signal(str)
    closed = Signal()
    touched = Signal()

    def __init__(self, groups: Sequence[Group], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = GroupBox(groups)
        self.door = LineBox(self.tr("12号。没有就写谁家隔壁"))
        self.name = LineBox(self.tr("照身份证写"))
        self.number = IdEdit(today)
        self.sex = ChoiceGroup([(Sex.FEMALE.value, self.tr("女")), (Sex.MALE.value, self.tr("男"))])
        self.phone = NumberBox()
        self.done = Button(self.tr("建好这一户"), "main", "check")
        self.cancel = Button(self.tr("不建了"))
        self.question = Note("warn", "")
        self.yes = Button(self.tr("是，打开她"), "primary")
        self.no = Button(self.tr("不是"))
        self._double: Duplicate | None = None
        self._lay_out()
        self._connect()

    def begin(self, name: str) -> None:
        """An empty form with `name`, what was searched for in vain, when it is a name."""
        for box in (self.group, self.door, self.number, self.phone):
            box.set_value("")
        self.name.set_value(name if name and not name.isascii() else "")
        self.sex.set_value("")
        self._hide_question()
        self._number_changed()
        self.group.setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self) -> dict[str, str]:
        """What was begun, to be kept when the worker is called away."""
        return {name: control.value() for name, control in self._controls().items()}

    def restore(self, answers: Mapping[str, str]) -> None:
        """Put back what was begun; what has been typed meanwhile stays."""
        for name, control in self._controls().items():
            if answers.get(name) and not control.value():
                control.set_value(answers[name])
        self._number_changed()

    def ask(self, double: Duplicate) -> None:
        """Somebody of that name or number is here already: is it the same person?"""
        self._double = double
        self.question.say("warn", double.words)
        self.no.setText(self.tr("不是，证号先空着") if double.same_number else self.tr("不是"))
        self.question.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        form = QWidget()
        form.setProperty("surface", "clear")
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, theme.soft(8), 0)
        grid.setHorizontalSpacing(theme.soft(16))
        grid.setVerticalSpacing(theme.soft(8))
        self.sex_field = Field("sex", self.tr("男还是女"), self.sex)
        self.number.box.setPlaceholderText(self.tr("没带证就先空着"))
        fields = (
            Field("group", self.tr("哪个组"), self.group),
            Field("door", self.tr("门牌"), self.door),
            Field("name", self.tr("户主姓名"), self.name),
            Field("id_number", self.tr("户主身份证号"), self.number, optional=True),
            self.sex_field,
            Field("phone", self.tr("电话"), self.phone, optional=True),
        )
        grid.addWidget(fields[0], 0, 0, 1, 2)
        for place, field in enumerate(fields[1:], 2):
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        grid.setRowStretch(len(fields), 1)
        for before, after in pairwise(fields):
            self.setTabOrder(before, after)
        self.question.add_button(self.yes)
        self.question.add_button(self.no)
        foot = QHBoxLayout()
        foot.setSpacing(theme.soft(12))
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.done)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.soft(10))
        outer.addWidget(words(self.tr("新建一户"), "title"))
        outer.addWidget(scrolled(form), 1)
        outer.addWidget(self.question)
        outer.addLayout(foot)

    def _controls(self) -> dict[str, Any]:
        return {
            "group": self.group,
            "door": self.door,
            "name": self.name,
            "id_number": self.number,
            "sex": self.sex,
            "phone": self.phone,
        }

    def _connect(self) -> None:
        self.done.clicked.connect(lambda: self.made.emit(self.newcomer(), False))
        self.cancel.clicked.connect(self.closed)
        self.yes.clicked.connect(lambda: self.known.emit(self._double.person if self._double else ""))
        self.no.clicked.connect(self._another)
        self.number.changed.connect(self._number_changed)
        for control in self._controls().values():
            control.changed.connect(self.touched)
        for box in (self.name, self.number):
            box.changed.connect(self._hide_question)

    def newcomer(self) -> Newcomer:
        """What has been filled in."""
        reason = "" if self.number.value() else self.tr("没带证，下次补")
        return Newcomer(
            self.group.value(),
            self.door.value(),
            self.name.value(),
            self.number.value(),
            Sex(self.sex.value() or Sex.UNKNOWN.value),
            self.phone.value(),
            reason,
        )

    def _another(self) -> None:
        self._hide_question()
        self.made.emit(self.newcomer(), True)

    def _hide_question(self) -> None:
        self._double = None
        self.question.hide()

    def _number_changed(self) -> None:
        self.sex_field.setVisible(not self.number.value())
