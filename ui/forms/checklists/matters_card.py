"""What is to be done, one thing or several at once, and for whom each is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.checklists.checklists import Beginning, Choice
from app.domain.people.identity import Sex
from app.domain.people.person import Person
from ui import theme
from ui.forms.aside import clear
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.words import words

HERSELF = "herself"


class MattersCard(QWidget):
    """`matters()` are (item, person id or "" for her own) as they were chosen. `changed` at every answer."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._begun: Beginning | None = None
        self._order: list[str] = []
        self.own: dict[str, ChoiceGroup] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(6))
        self.what = Card(self.tr("办什么事？"))
        self.items = GroupedChoice(multi=True)
        self.items.changed.connect(self._chosen)
        self.what.add(self.items)
        self.hint = words(self.tr("几件事能一起办的，都点上，少跑一趟。"), "body", "quiet", wrap=True)
        self.what.add(self.hint)
        said = self.tr("县里还没发办事单子。先问镇里要政策包。")
        self.no_items = words(said, "body", "quiet", wrap=True)
        self.what.add(self.no_items)
        self.clash = Note("bad", "")
        self.clash.hide()
        self.what.add(self.clash)
        self.for_card = Card(self.tr("给哪个孩子办？"))
        self.for_whom = ChoiceGroup([])
        self.for_whom.changed.connect(self._settle)
        self.for_card.add(self.for_whom)
        said = self.tr("名册里这家没有孩子。先到「住户」里登记孩子，再回来做。")
        self.no_child = words(said, "body", "quiet", wrap=True)
        self.for_card.add(self.no_child)
        self.late_card = Card(self.tr("给哪位过世的人办？"))
        self.late = ChoiceGroup([])
        self.late.changed.connect(self._settle)
        self.late_card.add(self.late)
        self.own_card = Card(self.tr("这几件是谁的？"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.soft(4))
        self.own_card.add(self._rows)
        for card in (self.what, self.for_card, self.late_card, self.own_card):
            column.addWidget(card)

    def show_family(self, begun: Beginning, wanted: str, child: str) -> None:
        """Ask what for; `wanted` and `child` are known already."""
        self._begun = begun
        self.what.set_title(self.tr("{name} 去办什么事？").format(name=begun.applicant.name))
        self.items.set_groups(
            [
                (kind, [(choice.item, choice.name) for choice in found])
                for kind, found in groupby(begun.choices, key=lambda choice: choice.kind)
            ]
        )
        self.items.set_label(self.tr("办什么事"))
        self.items.set_values([wanted] if wanted else [])
        self.items.setVisible(bool(begun.choices))
        self.hint.setVisible(bool(begun.choices))
        self.no_items.setVisible(not begun.choices)
        self.for_whom.set_options([(one.id, self._named(one)) for one in begun.children])
        self.for_whom.set_label(self.tr("给哪个孩子办"))
        only = begun.children[0].id if len(begun.children) == 1 else ""
        self.for_whom.set_value(child or only)
        self.no_child.setVisible(not begun.children)
        self.late.set_options([(one.id, self._named(one)) for one in begun.late])
        self.late.set_label(self.tr("给哪位过世的人办"))
        gone = [one.id for one in begun.late]
        self.late.set_value(child if child in gone else gone[0] if len(gone) == 1 else "")
        self._order, self.own = [], {}
        self._chosen()
        if child and wanted in self.own:
            self.own[wanted].set_value(child)

    def matters(self) -> tuple[tuple[str, str], ...]:
        """What was chosen, and for whom."""
        found = []
        for choice in self._wanted():
            found.append((choice.item, self._whose(choice)))
        return tuple(found)

    def settled(self) -> bool:
        """Whether a list can be made of it."""
        wanted = self._wanted()
        whole = all(self._whose(choice) for choice in wanted if choice.for_child or self._for_late(choice))
        return bool(wanted) and whole and not self._clashing()

    def _whose(self, choice: Choice) -> str:
        if choice.for_child:
            return self.for_whom.value()
        return self.late.value() if self._for_late(choice) else self._own(choice.item)

    def _for_late(self, choice: Choice) -> bool:
        return choice.for_late and self._begun is not None and bool(self._begun.late)

    def _wanted(self) -> list[Choice]:
        known: Mapping[str, Choice] = {one.item: one for one in self._begun.choices} if self._begun else {}
        return [known[item] for item in self._order if item in known]

    def _own(self, item: str) -> str:
        group = self.own.get(item)
        return "" if group is None or group.value() in ("", HERSELF) else group.value()

    def _chosen(self) -> None:
        now = self.items.values()
        self._order = [item for item in self._order if item in now] + [
            item for item in now if item not in self._order
        ]
        self.for_card.setVisible(any(choice.for_child for choice in self._wanted()))
        self.late_card.setVisible(any(self._for_late(choice) for choice in self._wanted()))
        self._ask_whose()
        self._settle()

    def _ask_whose(self) -> None:
        """A disabled child's allowance is the child's: asked where there is a child to ask about."""
        assert self._begun is not None, "a family is shown before its matters are chosen"
        young = self._begun.children
        asked = [
            one
            for one in self._wanted()
            if young and not (one.for_child or one.for_household or one.for_late)
        ]
        self.own_card.setVisible(bool(asked))
        if [one.item for one in asked] == list(self.own):
            return
        before = {item: group.value() for item, group in self.own.items()}
        clear(self._rows)
        self.own = {}
        applicant = self._begun.applicant
        people = [(HERSELF, applicant.name), *((one.id, one.name) for one in young)]
        for choice in asked:
            group = self.own[choice.item] = ChoiceGroup(people)
            group.set_label(self.tr("{item}是谁的").format(item=choice.name))
            group.set_value(before.get(choice.item) or HERSELF)
            group.changed.connect(self._settle)
            self._rows.addWidget(words(choice.name, "label", wrap=True))
            self._rows.addWidget(group)

    def _clashing(self) -> str:
        wanted = list(zip(self._wanted(), self.matters(), strict=True))
        for choice, (_, whose) in wanted:
            for other, (_, whose_too) in wanted:
                if whose == whose_too and other.item in choice.clashes:
                    return choice.clashes[other.item]
        return ""

    def _settle(self) -> None:
        why = self._clashing()
        self.clash.setVisible(bool(why))
        if why:
            lead = self.tr("这两件不能一起办：{why}。").format(why=why)
            self.clash.say("bad", lead, self.tr("去掉一件，或者看看是不是同一个人的。"))
        self.changed.emit()

    def _named(self, person: Person) -> str:
        word = {Sex.MALE: self.tr("男"), Sex.FEMALE: self.tr("女")}.get(person.sex, "")
        year = self.tr("{year} 年生").format(year=person.birth.year) if person.birth else ""
        return " ".join(part for part in (person.name, word, year) if part)
