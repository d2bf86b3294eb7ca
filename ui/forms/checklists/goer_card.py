"""Who carries the papers: herself, somebody of the family, or a neighbour spoken of by name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.checklists.checklist import Goer, Going
from app.domain.people.kin import between
from app.domain.people.person import Person
from ui import theme
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.text import LineBox

HERSELF, OTHER = "herself", "other"
MOST_NAMED = 5  # grown-ups of one house beside her; who is further away is written in


class GoerCard(Card):
    """`goer()` is None while she goes herself. `changed` at every answer."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.set_title(self.tr("谁拿着材料去？"))
        self.who = ChoiceGroup([])
        self.who.set_label(self.tr("谁拿着材料去"))
        self.add(self.who)
        self.called = LineBox(self.tr("如：小军"))
        self.relation = LineBox(self.tr("如：侄子"))
        self.called_field = Field("called", self.tr("怎么称呼他"), self.called)
        self.relation_field = Field("relation", self.tr("是她什么人"), self.relation)
        self.written = QWidget()
        self.written.setProperty("surface", "clear")
        row = QHBoxLayout(self.written)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(16))
        row.addWidget(self.called_field)
        row.addWidget(self.relation_field)
        self.add(self.written)
        self.who.changed.connect(self._chosen)
        for box in (self.called, self.relation):
            box.changed.connect(self.changed)
        self.called.changed.connect(self.called_field.clear_problem)
        self.written.hide()

    def show_family(self, applicant: Person, grown: Sequence[Person], sent: Person | None = None) -> None:
        """`grown` are the grown-ups who may go for `applicant`; `sent` is the one who came."""
        others = [(one.id, self._named(one, applicant)) for one in grown if one.id != applicant.id]
        herself = (HERSELF, self.tr("{name}自己去").format(name=applicant.name))
        self.who.set_options([herself, *others[:MOST_NAMED], (OTHER, self.tr("别人代办"))])
        self.who.set_label(self.tr("谁拿着材料去"))
        self.who.set_value(sent.id if sent else HERSELF)
        self.called.set_value("")
        self.relation.set_value("")
        self._chosen()

    def settled(self) -> bool:
        """Whether it is known who goes."""
        return self.who.value() != OTHER or bool(self.called.value())

    def goer(self) -> Goer | None:
        """The agent, or None."""
        who = self.who.value()
        if who in ("", HERSELF):
            return None
        if who == OTHER:
            return Goer(Going.AGENT, self.called.value(), self.relation.value())
        return Goer(Going.AGENT, person=who)

    def _chosen(self) -> None:
        other = self.who.value() == OTHER
        if not self.who.value():
            self.who.set_value(HERSELF)
        self.written.setVisible(other)
        if other and self.isVisible():
            self.called.setFocus()
        self.changed.emit()

    def _named(self, person: Person, applicant: Person) -> str:
        kin = between(person, applicant)
        if not kin:
            return person.name
        return self.tr("{kin}{name}").format(kin=kin, name=person.name)
