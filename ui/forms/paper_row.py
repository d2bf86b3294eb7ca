"""One paper of a checklist in the builder: a tick when she has it, its picture, and how many copies."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.checklists import MOST_COPIES
from app.domain.checklist import Paper
from ui import theme
from ui.pictogram import Pictogram
from ui.widgets.choice import ChoiceGroup
from ui.widgets.stepper import Stepper
from ui.widgets.words import words


class PaperRow(QWidget):
    """`held(on)` when the tick changes, `copies(n)` when their number does."""

    held = Signal(bool)
    copies = Signal(int)

    def __init__(self, paper: Paper) -> None:
        super().__init__()
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
        names.addWidget(self.name)
        names.addWidget(self.note)
        row.addLayout(names, 1)
        self._number(paper, row)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignVCenter)
        self.keep_up(paper)

    def keep_up(self, paper: Paper) -> None:
        """Say what the saved paper says. Number and tick are the worker's own and stay as she left them."""
        said = [paper.note] if paper.note else []
        if paper.originals and not paper.note:
            taken = self.tr("看完就还") if paper.look_only else self.tr("要交")
            said.append(self.tr("原件 {n} 份，{taken}").format(n=paper.originals, taken=taken))
        if paper.changed:
            said.append(self.tr("与县里不同"))
        if paper.unverified:
            said.append(self.tr("待核"))
        self.note.setText(" · ".join(said))
        self.note.setVisible(bool(said))

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
