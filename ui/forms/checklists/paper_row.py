"""One paper of a checklist in the builder: a tick when she has it, its picture, and how many copies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.checklists.checklists import MOST_COPIES
from app.domain.checklists.checklist import Paper
from app.domain.problem import Problem
from ui import theme
from ui.pictogram import Pictogram
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.stepper import Stepper
from ui.widgets.words import words


class PaperRow(QWidget):
    """`held(on)` when the tick changes, `copies(n)` when their number does, `owed(day)` when the day until
    which it may follow does. `names` are those of the list's matters by code."""

    held = Signal(bool)
    copies = Signal(int)
    owed = Signal(object)

    def __init__(self, paper: Paper, names: Mapping[str, str], today: date) -> None:
        super().__init__()
        self._names = names
        self.setProperty("surface", "clear")
        self.stepper: Stepper | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.soft(12), theme.soft(4), theme.soft(12), theme.soft(4))
        row.setSpacing(theme.soft(12))
        self.tick = ChoiceGroup([("held", self.tr("家里有"))], multi=True)
        self.tick.set_label(paper.name)
        self.tick.set_values(["held"] if paper.held else [])
        self.tick.setFixedSize(self.tick.buttons[0].sizeHint())
        self.tick.changed.connect(lambda: self.held.emit(bool(self.tick.values())))
        row.addWidget(Pictogram(paper.icon, 48))
        names = QVBoxLayout()
        names.setSpacing(0)
        self.name, self.note = words(paper.name, "section", wrap=True), words("", "body", "quiet", wrap=True)
        self.wants = words("", "body", "quiet", wrap=True)
        for label in (self.name, self.note, self.wants):
            names.addWidget(label)
        self.day: DateEdit | None = None
        if paper.may_follow:
            names.addWidget(self._follows(paper, today))
        row.addLayout(names, 1)
        self._number(paper, row)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignVCenter)
        self.keep_up(paper)

    def keep_up(self, paper: Paper) -> None:
        """Say what the saved paper says. Number and tick are the worker's own and stay as she left them."""
        said = [one for one in (paper.spec, paper.note) if one]
        if paper.originals and not paper.note:
            taken = self.tr("看完就还") if paper.look_only else self.tr("要交")
            said.append(self.tr("原件 {n} 份，{taken}").format(n=paper.originals, taken=taken))
        if paper.held and paper.held_why:
            said.append(self.tr("{why}，先打了勾").format(why=paper.held_why))
        if paper.changed:
            said.append(self.tr("与县里不同"))
        if paper.unverified:
            said.append(self.tr("待核"))
        self.note.setText(" · ".join(said))
        self.note.setVisible(bool(said))
        self.wants.setText(self._wanted(paper))
        self.wants.setVisible(len(paper.wanted_by) > 1)

    def _wanted(self, paper: Paper) -> str:
        """`孤儿基本生活费 2 份，护理补贴 1 份`: which matter wants how many."""
        unit = paper.unit or self.tr("份")
        each = []
        for want in paper.wanted_by:
            number = want.originals if paper.unit else want.copies
            shown = self.tr("{n} {unit}").format(n=number, unit=unit) if number else self.tr("看原件")
            each.append(f"{self._names.get(want.item, want.item)} {shown}")
        return "，".join(each)

    def _follows(self, paper: Paper, today: date) -> Field:
        day = self.day = DateEdit(today, quick=False, future=True)
        day.set_value(paper.owed_until)
        field = Field("owed_until", self.tr("没有的，哪天前补来"), day)
        day.doubted.connect(lambda wrong: None if wrong else self._say(field, today))
        return field

    def _say(self, field: Field, today: date) -> None:
        assert self.day is not None, "only a paper that may follow has its day"
        owed = self.day.value()
        if owed is not None and owed < today:
            field.show_problem(Problem("", self.tr("这一天已经过去了，换一天。")))
        else:
            self.owed.emit(owed)

    def _number(self, paper: Paper, row: QHBoxLayout) -> None:
        if not paper.copies and not paper.originals:
            return
        if not paper.copies and paper.look_only:
            return
        unit = paper.unit or self.tr("复印")
        row.addWidget(words(self.tr("张数") if paper.unit else unit, "body", "quiet"))
        number = paper.originals if paper.unit else paper.copies
        stepper = self.stepper = Stepper(number, least=0, most=MOST_COPIES, name=f"{paper.name}{unit}")
        stepper.changed.connect(lambda: self.copies.emit(stepper.value()))
        row.addWidget(stepper)
