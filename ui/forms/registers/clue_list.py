"""Clues as a list: found by name or words, narrowed by pointing to how far they are and what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.registers.clues import OPEN, SETTLED, ClueLine, Wanted
from app.domain.registers.clue import CONCLUSIONS, SIGNALS, SOURCES, STEPS
from app.domain.visits.form_words import day_words
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date_span import DateSpan
from ui.widgets.empty import EmptyState
from ui.widgets.field import Field
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.sieve_face import SieveFace
from ui.widgets.words import Button


class ClueSieve(SieveFace):
    """`wanted(words)` is what is chosen."""

    def __init__(self) -> None:
        super().__init__(self.tr("看这 {n} 条"), self.tr("一条也没有，换一样"))
        self.stand = ChoiceGroup([(OPEN, self.tr("没办完的")), (SETTLED, self.tr("办完的"))])
        self.signal = ChoiceGroup(list(SIGNALS.items()))
        self.source = ChoiceGroup(list(SOURCES.items()))
        self.time = DateSpan({"year": (self.tr("今年"), lambda today: (today.replace(month=1, day=1), None))})
        self.put(
            Field("clue_stand", self.tr("办到哪了"), self.stand),
            Field("clue_time", self.tr("什么时候发现的"), self.time),
            Field("clue_signal", self.tr("看到什么"), self.signal),
            Field("clue_source", self.tr("怎么知道的"), self.source),
        )
        for part in (self.stand, self.time, self.signal, self.source):
            part.changed.connect(self.changed)

    def wanted(self, words: str) -> Wanted:
        """What is chosen, with the `words` typed."""
        first, last = self.time.days()
        return Wanted(words, self.stand.value(), self.source.value(), self.signal.value(), first, last)

    def clear(self) -> None:
        """Nothing is chosen any more; silent."""
        self.time.clear()
        for group in (self.stand, self.signal, self.source):
            group.set_value("")


class ClueList(QWidget):
    """`asked` when other clues are wanted, `opened(clue)` for one of them."""

    asked = Signal()
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.box = SearchBox(self.tr("名字、首字母、说的话"), self.tr("在线索里找"))
        self.narrow = Button(self.tr("筛一筛"))
        self.narrow.setCheckable(True)
        top = QHBoxLayout()
        top.setSpacing(theme.soft(12))
        top.addWidget(self.box, 1)
        top.addWidget(self.narrow)
        column.addLayout(top)
        self.list = RowList(self.tr("线索"))
        said = self.tr("还没有线索。听说谁家有难处，先记一条，再去看。")
        self._nothing = said
        self.empty = EmptyState("people", said)
        self.stack = QStackedWidget()
        self.sieve = ClueSieve()
        for one in (self.list, self.empty, self.sieve):
            self.stack.addWidget(one)
        column.addWidget(self.stack, 1)
        self._connect()

    def wanted(self) -> Wanted:
        """What is looked for."""
        return self.sieve.wanted(self.box.query())

    def show_clues(self, found: Sequence[ClueLine], wanted: Wanted, today: date) -> None:
        """Fill the list with the answer to `wanted`; one to an older question is not shown."""
        self.sieve.time.turn_to(today)
        if wanted != self.wanted():
            return
        self.list.set_rows([_row(one) for one in found])
        self.sieve.count(len(found))
        shown = self.list if found else self.empty
        self.stack.setCurrentWidget(self.sieve if self.narrow.isChecked() else shown)
        none = self.tr("没找到。少打一个字，或者少选一样再试。")
        self.empty.say(self._nothing if wanted == Wanted() else none, "")

    def start(self) -> None:
        """The focus goes into the list, on its first row."""
        if self.list.rows():
            if not self.list.current_key():
                self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.box.asked.connect(lambda _query: self.asked.emit())
        self.box.stepped_in.connect(self.start)
        self.box.confirmed.connect(self.start)
        self.narrow.toggled.connect(lambda _on: self.asked.emit())
        self.sieve.changed.connect(self.asked)
        self.sieve.closed.connect(lambda: self.narrow.setChecked(False))
        self.list.left_up.connect(self.box.setFocus)
        self.list.opened.connect(self.opened)


def _row(line: ClueLine) -> Row:
    clue = line.clue
    note = " · ".join(
        part for part in (line.place, SIGNALS.get(clue.signal, ""), day_words(clue.found_on)) if part
    )
    if clue.open:
        chip, tone = STEPS[clue.step], "warn" if clue.checked_on is None else "info"
    else:
        chip, tone = CONCLUSIONS.get(clue.conclusion, ""), "ok"
    return Row(clue.id, f"{clue.name}：{clue.words}", note, avatar=clue.name[:1], chip=chip, tone=tone)
