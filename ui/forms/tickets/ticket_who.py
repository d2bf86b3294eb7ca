"""谁来的: a person of the village found by a few letters, or a stranger with a name and a phone at most."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.village import finding, households
from app.actions.village.finding import Find, Findings
from app.actions.village.households import Family
from app.domain.people.person import Person
from app.domain.problem import Problem
from app.domain.tickets.ticket_terms import RELATIONS
from ui import theme
from ui.forms.panel import Ask
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.text import LineBox, NumberBox
from ui.widgets.words import Button, words

SHOWN = 20
SELF = "self"
UNNAMED = "unnamed"


class PersonFinder(QWidget):
    """A search box over the people of the village; `picked(Find)`."""

    picked = Signal(object)

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._found: dict[str, Find] = {}
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.box = SearchBox(self.tr("输名字、拼音首字母或电话尾号，如 lgy"), self.tr("找来的人"))
        self.list = RowList(self.tr("找到的人"))
        self.line = words("", "body", "quiet")
        for one in (self.box, self.line, self.list):
            column.addWidget(one, 1 if one is self.list else 0)
        column.addStretch(0)
        self.setFocusProxy(self.box)
        self.box.asked.connect(self._search)
        self.box.stepped_in.connect(self._enter)
        self.box.confirmed.connect(self._first)
        self.list.opened.connect(lambda key: self.picked.emit(self._found[key]))
        self.list.left_up.connect(self.box.setFocus)
        self.show_found(Findings((), 0), "")

    def show_found(self, found: Findings, query: str) -> None:
        """Show who was found; namesakes are told apart by their door."""
        self._found = {one.record: one for one in found.shown}
        self.list.set_rows([_row(one) for one in found.shown], keep=False)
        self.list.setVisible(bool(found.shown))
        if not query:
            line = ""
        elif not found.shown:
            line = self.tr("没有叫 {query} 的。少打一个字再试，或者点「村外的人」。").format(query=query)
        elif found.namesakes:
            line = self.tr("同名 {n} 人，看清组和门牌号。").format(n=found.namesakes)
        else:
            line = self.tr("还有 {n} 个，再多打一个字").format(n=found.more) if found.more else ""
        self.line.setText(line)
        self.line.setVisible(bool(line))

    def _search(self, query: str) -> None:
        def show(found: Findings) -> None:
            if query == self.box.query():  # an answer to an older question is dropped
                self.show_found(found, query)

        if query:
            self._ask(lambda desk: finding.people(desk, query, limit=SHOWN), show)
        else:
            self.show_found(Findings((), 0), "")

    def _enter(self) -> None:
        if self.list.choose_first():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first(self) -> None:
        if self.list.choose_first():
            self.picked.emit(self._found[self.list.current_key()])


class WhoStep(QWidget):
    """First step. `filled(new)` puts its answers into the ticket being written; `settled` once somebody was
    pointed at who can only have come for herself."""

    changed = Signal()
    settled = Signal()

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._person, self._home, self._name = "", "", ""
        self._members: tuple[Person, ...] = ()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.kind = ChoiceGroup([("known", self.tr("村里的人")), ("stranger", self.tr("村外的人"))])
        self.kind.set_value("known")
        self.kind.set_label(self.tr("谁来的"))
        self.finder = PersonFinder(ask)
        self.finder.picked.connect(self._pick)
        self.chosen = self._make_chosen()
        self.name, self.phone = LineBox(), NumberBox()
        self.stranger = self._make_stranger()
        self.who_field = Field("visitor", "", self.kind)
        column.addWidget(self.who_field)
        column.addWidget(self.finder, 1)
        column.addWidget(self.chosen)
        column.addWidget(self.stranger)
        column.addStretch(0)
        self.kind.changed.connect(self._kind_changed)
        for box in (self.name, self.phone):
            box.editingFinished.connect(self.changed)
        for group in (self.subject, self.relation, self.unnamed):
            group.changed.connect(self.changed)
        self.subject.changed.connect(self._show)
        self.unnamed.changed.connect(self._show)
        self._show()

    def show_new(self, new: NewTicket) -> None:
        """Show what has been written already."""
        self._person, self._home, self._name = new.visitor, new.household, new.name
        stranger = bool(new.name and not new.visitor)
        self.kind.set_value("stranger" if stranger else "known")
        self.name.set_value(new.name if stranger else "")
        self.phone.set_value(new.phone)
        self._members = ()
        self.relation.set_value(new.relation)
        self.unnamed.set_values([UNNAMED] if new.unnamed else [])
        self.finder.box.clear()
        self._show()
        if new.household:
            self._ask(lambda desk: households.family(desk, new.household), lambda home: self._know(home, new))

    def filled(self, new: NewTicket) -> NewTicket:
        """`new` with who came, and for whom."""
        if self.kind.value() == "stranger":
            unnamed = bool(self.unnamed.values())
            name, phone = "" if unnamed else self.name.value(), self.phone.value()
            stranger = replace(new, visitor="", household="", subject="", relation="", unnamed=unnamed)
            return replace(stranger, name=name, phone=phone)
        subject = self.subject.value()
        subject = self._person if subject in ("", SELF) else subject
        relation = "" if subject == self._person else self.relation.value()
        known = replace(new, visitor=self._person, household=self._home, name=self._name, phone="")
        return replace(known, subject=subject, relation=relation, unnamed=False)

    def problems(self) -> tuple[Problem, ...]:
        """Somebody must be named: a number without a name cannot be answered."""
        if self.kind.value() == "stranger":
            named = self.name.value() or self.unnamed.values()
            return () if named else (Problem("visitor_name", self.tr("怎么称呼？写个姓也行。")),)
        return (
            () if self._person else (Problem("visitor", self.tr("谁来的？找到她点一下，村外的人点右边。")),)
        )

    def start(self) -> None:
        """The first field still empty."""
        target: QWidget = self.finder if not self._person else self.subject
        if self.kind.value() == "stranger":
            target = self.name
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_chosen(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(14))
        self.who = words("", "section")
        self.where = words("", "body", "quiet")
        again = Button(self.tr("换一个人"), "small")
        again.clicked.connect(self._again)
        row.addWidget(self.who)
        row.addWidget(self.where)
        row.addStretch(1)
        row.addWidget(again)
        card.add(row)
        self.subject = ChoiceGroup([(SELF, self.tr("自己的事"))])
        self.subject_field = Field("subject", self.tr("为谁的事来"), self.subject)
        card.add(self.subject_field)
        self.relation = ChoiceGroup(list(RELATIONS.items()))
        self.relation_field = Field("relation", self.tr("是他什么人"), self.relation, optional=True)
        card.add(self.relation_field)
        return card

    def _make_stranger(self) -> Card:
        card = Card()
        self.name_field = Field("visitor_name", self.tr("怎么称呼"), self.name, self.tr("不用看身份证。"))
        card.add(self.name_field)
        self.unnamed = ChoiceGroup([(UNNAMED, self.tr("不愿留名，或者问不出"))], multi=True)
        self.unnamed.set_label(self.tr("留不留名"))
        card.add(self.unnamed)
        card.add(Field("visitor_phone", self.tr("电话"), self.phone, self.tr("回话要用。"), optional=True))
        return card

    def _pick(self, found: Find) -> None:
        self._person, self._home, self._name = found.record, found.household, found.title
        self._members = ()
        self.who_field.clear_problem()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)  # the list goes, and must not let the focus fall
        self._show()
        self.changed.emit()
        new = NewTicket(visitor=found.record, household=found.household, name=found.title)
        self._ask(lambda desk: households.family(desk, found.household), lambda home: self._picked(home, new))

    def _picked(self, home: Family, new: NewTicket) -> None:
        self._know(home, new)
        if self._person != new.visitor:
            return
        if len(self._members) > 1:
            self.subject.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.settled.emit()

    def _know(self, home: Family, new: NewTicket) -> None:
        if home.household.id != new.household:
            return
        if not new.visitor:
            self._offer(home)
            return
        self._members = home.members
        self.where.setText(home.household.place)
        self._name = next((one.name for one in home.members if one.id == new.visitor), new.name)
        others = [(one.id, one.name) for one in self._members if one.id != new.visitor]
        self.subject.set_options([(SELF, self.tr("自己的事")), *others])
        self.subject.set_value(SELF if new.subject in ("", new.visitor) else new.subject)
        self.subject.set_label(self.tr("为谁的事来"))
        self._show()

    def _offer(self, home: Family) -> None:
        place = home.household.place
        found = tuple(
            Find("person", one.id, home.household.id, one.name, place, one.name[:1]) for one in home.members
        )
        self.finder.show_found(Findings(found, len(found)), "")

    def _again(self) -> None:
        self._person, self._home, self._name = "", "", ""
        self._members = ()
        self._show()
        self.changed.emit()
        self.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kind_changed(self, *_: Any) -> None:
        if not self.kind.value():
            self.kind.set_value("known")
        self._show()
        self.changed.emit()
        self.start()

    def _show(self) -> None:
        stranger = self.kind.value() == "stranger"
        known = not stranger and bool(self._person)
        self.stranger.setVisible(stranger)
        self.finder.setVisible(not stranger and not known)
        self.chosen.setVisible(known)
        self.who.setText(self._name)
        self.subject_field.setVisible(len(self._members) > 1)
        self.relation_field.setVisible(known and self.subject.value() not in ("", SELF))
        self.name_field.setVisible(not self.unnamed.values())
        if not self._members:
            self.where.setText("")


def _row(found: Find) -> Row:
    marks = (found.mark,) if found.mark else ()
    # The largest letters leave no room for a second line, and namesakes differ only by their door.
    door = found.note.partition(" · ")[0] if theme.current().size is theme.Size.EXTRA else ""
    return Row(found.record, found.title, found.note, avatar=found.disc, marks=marks, chip=door)
