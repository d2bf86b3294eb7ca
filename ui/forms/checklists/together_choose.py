"""For many at once, first: which matter, and which group of the village."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.checklists.print_together import Choices
from ui import theme
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button

EVERYTHING = "every"
WHOLE_VILLAGE = "whole village"


class TogetherChoose(QWidget):
    """`chosen(item, group)`; item "" is every list made and not done, group "" the whole village."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._names: dict[str, str] = {}
        self.items, self.groups = GroupedChoice(), ChoiceGroup([])
        self.items.kinds.changed.connect(self._made_too)
        holder = QWidget()
        holder.setProperty("surface", "clear")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, theme.soft(8), 0)
        inner.setSpacing(theme.soft(12))
        for title, group in (
            (self.tr("打什么单子？"), self.items),
            (self.tr("哪个组的？"), self.groups),
        ):
            card = Card(title)
            card.add(group)
            inner.addWidget(card)
            group.changed.connect(self._ready)
        inner.addStretch(1)
        self.go_button = Button(self.tr("看有哪些人"), "main", "people")
        self.go_button.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        column.addWidget(scrolled(holder), 1)
        column.addWidget(self.go_button)

    def offer(self, choices: Choices) -> None:
        """What there is to choose from; what was chosen before stays chosen."""
        made = self.tr("做过的单子")
        kinds = groupby(choices.items, key=lambda choice: choice.kind)
        offered = [(kind, [(one.item, one.name) for one in found]) for kind, found in kinds]
        self.items.set_groups([(made, [(EVERYTHING, made)]), *offered])
        self._names = {EVERYTHING: made, **{one.item: one.name for one in choices.items}}
        groups = [(WHOLE_VILLAGE, self.tr("全村")), *((name, name) for name in choices.groups)]
        self.groups.set_options(groups)
        self.items.set_label(self.tr("打什么单子"))
        self.groups.set_label(self.tr("哪个组的"))
        self._ready()

    def words(self) -> str:
        """What was chosen, as a title says it."""
        group = self.groups.value()
        where = self.tr("全村") if group == WHOLE_VILLAGE else group
        return f"{self._names.get(self.items.value(), '')} · {where}"

    def _made_too(self) -> None:
        """Among the kinds the lists already made stand for themselves."""
        if self.items.kinds.value() == self._names[EVERYTHING]:
            self.items.set_value(EVERYTHING)
            self._ready()

    def _ready(self) -> None:
        self.go_button.setEnabled(bool(self.items.value() and self.groups.value()))

    def _go(self) -> None:
        item, group = self.items.value(), self.groups.value()
        self.chosen.emit("" if item == EVERYTHING else item, "" if group == WHOLE_VILLAGE else group)
