"""Beginning a list: who goes, for whom, and what for. Points only; typing is for finding people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.checklists.checklists import Beginning
from app.domain.checklists.checklist import Goer
from ui import theme
from ui.forms.checklists.goer_card import GoerCard
from ui.forms.checklists.matters_card import MattersCard
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList
from ui.widgets.scroll import lay_out, scrolled
from ui.widgets.search_box import SearchBox
from ui.widgets.words import Button, words

Ask = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What the worker chose: matters as (item, person id or "" for her own), and who is sent, if anybody."""

    applicant: str
    matters: tuple[tuple[str, str], ...]
    goer: Goer | None = None


class ChecklistBegin(QWidget):
    """`asked(query)` while she types a name, `picked(person)` when she points at one, `began(Wanted)`."""

    asked = Signal(str)
    picked = Signal(str)
    began = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._applicant = self._wanted_item = self._wanted_child = ""
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.soft(16))
        across.addLayout(self._who(), 1)
        right = QVBoxLayout()
        right.setSpacing(theme.soft(8))
        right.addWidget(scrolled(self._what()), 1)
        right.addLayout(self._foot())
        across.addLayout(right, 2)

    def show_people(self, rows: list[Row], query: str) -> None:
        """Results of the search for `query`."""
        self.people.set_rows(rows)
        self.people.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        unknown = self.tr("没有叫 {query} 的。少打一个字再试；名册里没有的，先到「住户」里登记。")
        self.nobody.setText(unknown.format(query=query) if query else self.tr("输名字的拼音首字母就行。"))

    def show_family(self, begun: Beginning, *, item: str, child: str) -> None:
        """Who applies is settled: ask what for, for whom, and who goes."""
        self._applicant = begun.applicant.id
        self._wanted_item = item or self._wanted_item
        self._wanted_child = "" if begun.sent else child or self._wanted_child
        self.matters.show_family(begun, self._wanted_item, self._wanted_child)
        self.goer.show_family(begun.applicant, begun.grown, begun.sent)
        self.matters.show()
        self.goer.show()
        self.begin_button.show()
        self._ready()
        (self.begin_button if self.begin_button.isEnabled() else self.matters.items).setFocus()

    def clear(self, item: str = "") -> None:
        """A new list: nobody chosen yet; `item` is what it will be for, when that is known."""
        self._applicant, self._wanted_item, self._wanted_child = "", item, ""
        self.show_people([], "")
        self.begin_button.hide()
        self.lacks.setText("")
        self.search.clear()
        self.matters.hide()
        self.goer.hide()
        self.begin_button.setEnabled(False)
        self.search.setFocus()

    def _who(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(10))
        column.addWidget(words(self.tr("谁去办？"), "section"))
        self.search = SearchBox(self.tr("首字母，如 lgy"), self.tr("找去办事的人"))
        self.search.asked.connect(self.asked)
        self.people = RowList(self.tr("找到的人"))
        self.people.opened.connect(self.picked)
        self.search.stepped_in.connect(self.people.setFocus)
        self.search.confirmed.connect(self._first)
        column.addWidget(self.search)
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.people.setProperty("plain", True)
        card.add(self.people)
        self.nobody = words("", "body", "quiet", wrap=True)
        self.nobody.setContentsMargins(theme.soft(14), theme.soft(10), theme.soft(14), theme.soft(10))
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.add(self.nobody)
        column.addWidget(card, 1)
        return column

    def _what(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.soft(8), 0)
        column.setSpacing(theme.soft(6))
        self.matters, self.goer = MattersCard(), GoerCard()
        self.matters.changed.connect(self._ready)
        self.goer.changed.connect(self._ready)
        for part in (self.matters, self.goer):
            column.addWidget(part)
        column.addStretch(1)
        # A card that grew while another shrank can leave the scroll area with yesterday's height.
        self._grown = QTimer(self, singleShot=True, interval=0)
        self._grown.timeout.connect(lambda: self._fit(holder))
        return holder

    def _foot(self) -> QHBoxLayout:
        """Always in sight, with why it cannot be pressed yet."""
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.lacks = words("", "body", "quiet", wrap=True)
        self.begin_button = Button(self.tr("做这张清单"), "main", "list")
        self.begin_button.clicked.connect(self._begin)
        row.addWidget(self.lacks, 1)
        row.addWidget(self.begin_button)
        return row

    def _fit(self, holder: QWidget) -> None:
        lay_out()
        holder.updateGeometry()

    def _first(self) -> None:
        if self.people.choose_first():
            self.picked.emit(self.people.current_key())

    def _ready(self) -> None:
        what, who = self.matters.settled(), self.goer.settled()
        self.begin_button.setEnabled(bool(self._applicant) and what and who)
        lacking = (
            self.tr("先点去办什么事。") if not self.matters.items.values() else self.tr("上面还有没点的。")
        )
        self.lacks.setText("" if not self._applicant or (what and who) else lacking)
        self._grown.start()

    def _begin(self) -> None:
        self.began.emit(Wanted(self._applicant, self.matters.matters(), self.goer.goer()))
