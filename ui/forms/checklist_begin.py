"""Beginning a list: who goes, for whom, and what for. Points only; typing is for finding people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.checklists import Choice
from app.domain.identity import Sex
from app.domain.person import Life, Person
from ui import theme
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.rows import Row, RowList
from ui.widgets.scroll import scrolled
from ui.widgets.search_box import SearchBox
from ui.widgets.words import Button, words

Ask = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What the worker chose."""

    applicant: str
    beneficiary: str | None
    item: str


class ChecklistBegin(QWidget):
    """`asked(query)` while she types a name, `picked(person)` when she points at one, `began(Wanted)`."""

    asked = Signal(str)
    picked = Signal(str)
    began = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._choices: tuple[Choice, ...] = ()
        self._members: tuple[Person, ...] = ()
        self._wanted_item = ""
        self._wanted_child = ""
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.soft(16))
        across.addLayout(self._who(), 1)
        across.addWidget(scrolled(self._what()), 2)

    def show_people(self, rows: list[Row], query: str) -> None:
        """Results of the search for `query`."""
        self.people.set_rows(rows)
        self.people.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        unknown = self.tr("没有叫 {query} 的。少打一个字再试；名册里没有的，先到「住户」里登记。")
        self.nobody.setText(unknown.format(query=query) if query else self.tr("打名字的拼音首字母就行。"))

    def show_family(
        self,
        applicant: str,
        members: tuple[Person, ...],
        choices: tuple[Choice, ...],
        *,
        item: str,
        child: str,
    ) -> None:
        """Who goes is settled: ask what for, and for whom when it is a child's matter."""
        self._members, self._choices, self._applicant = members, choices, applicant
        self._wanted_item = item or self._wanted_item
        self._wanted_child = child or self._wanted_child
        goer = next((one for one in members if one.id == applicant), None)
        self.who_card.set_title(self.tr("{name} 去办什么事？").format(name=goer.name) if goer else "")
        self.items.set_groups(
            [
                (kind, [(choice.item, choice.name) for choice in found])
                for kind, found in groupby(choices, key=lambda choice: choice.kind)
            ]
        )
        self.items.set_value(self._wanted_item)
        self.items.setVisible(bool(choices))
        self.no_items.setVisible(not choices)
        self.what_card.show()
        self.begin_button.show()
        self._item_chosen()
        (self.begin_button if self.begin_button.isEnabled() else self.items).setFocus()

    def clear(self, item: str = "") -> None:
        """A new list: nobody chosen yet; `item` is what it will be for, when that is known."""
        self._members, self._choices, self._wanted_item, self._wanted_child = (), (), item, ""
        self.show_people([], "")
        self.begin_button.hide()
        self.search.clear()
        self.what_card.hide()
        self.for_card.hide()
        self.begin_button.setEnabled(False)
        self.search.setFocus()

    def _who(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.soft(10))
        column.addWidget(words(self.tr("谁去办？"), "section"))
        self.search = SearchBox(self.tr("输拼音首字母，如 lgy"), self.tr("找去办事的人"))
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
        self.what_card = Card(self.tr("办什么事？"))
        self.who_card = self.what_card
        self.items = GroupedChoice()
        self.items.set_label(self.tr("办什么事"))
        self.items.changed.connect(self._item_chosen)
        self.what_card.add(self.items)
        said = self.tr("县里还没发办事单子。先问镇里要政策包。")
        self.no_items = words(said, "body", "quiet", wrap=True)
        self.what_card.add(self.no_items)
        self.for_card = Card(self.tr("给哪个孩子办？"))
        self.for_whom = ChoiceGroup([])
        self.for_whom.set_label(self.tr("给哪个孩子办"))
        self.for_whom.changed.connect(self._ready)
        self.for_card.add(self.for_whom)
        self.begin_button = Button(self.tr("做这张清单"), "main", "list")
        self.begin_button.clicked.connect(self._begin)
        for part in (self.what_card, self.for_card, self.begin_button):
            column.addWidget(part)
        column.addStretch(1)
        return holder

    def _first(self) -> None:
        if self.people.choose_first():
            self.picked.emit(self.people.current_key())

    def _item(self) -> Choice | None:
        return next((one for one in self._choices if one.item == self.items.value()), None)

    def _item_chosen(self) -> None:
        item = self._item()
        others = self._others(item)
        self.for_card.setVisible(bool(others) or bool(item and item.for_child))
        if item and (item.for_child or others):
            asked = self.tr("给哪个孩子办？") if item.for_child else self.tr("给哪位过世的人办？")
            self.for_card.set_title(asked)
            self.for_whom.set_label(asked)
            options = [(one.id, self._named(one)) for one in others]
            self.for_whom.set_options(options)
            only = options[0][0] if len(options) == 1 else ""
            self.for_whom.set_value(self._wanted_child or only)
        self._ready()

    def _others(self, item: Choice | None) -> list[Person]:
        others = [one for one in self._members if one.id != self._applicant]
        if item is not None and item.for_late:
            return [one for one in others if one.life is Life.DEAD]
        return others if item is not None and item.for_child else []

    def _named(self, person: Person) -> str:
        word = {Sex.MALE: self.tr("男"), Sex.FEMALE: self.tr("女")}.get(person.sex, "")
        year = self.tr("{year} 年生").format(year=person.birth.year) if person.birth else ""
        return " ".join(part for part in (person.name, word, year) if part)

    def _ready(self) -> None:
        item = self._item()
        asks = item is not None and (item.for_child or bool(self._others(item)))
        settled = item is not None and (not asks or bool(self.for_whom.value()))
        self.begin_button.setEnabled(settled)

    def _begin(self) -> None:
        item = self._item()
        if item is not None:
            asks = item.for_child or bool(self._others(item))
            self.began.emit(Wanted(self._applicant, self.for_whom.value() if asks else None, item.item))
