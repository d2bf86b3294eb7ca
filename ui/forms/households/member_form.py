"""One person of a family, entered or put right: who she is, how she is, what only a child needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions.desk import Desk
from app.actions.village import members
from app.actions.village.members import Duplicate, MemberFacts, facts_of
from app.domain.people.codes import LIFE, SCHOOL_STAGE, WORK_ABILITY
from app.domain.people.identity import Sex, mask
from app.domain.people.person import Life, Person, age
from app.domain.problem import Problem
from ui import theme
from ui.forms.households.member_parts import CardPart, ParentPart, TagChoice
from ui.forms.households.relation_box import RelationBox
from ui.forms.panel import Panel, Work
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.date import DateEdit
from ui.widgets.field import Field
from ui.widgets.id_number import IdEdit
from ui.widgets.text import LineBox, NumberBox
from ui.widgets.words import Button

GROWN_UP = 18
STUDENT_UNTIL = 26
ILLNESS = (("well", "没大病"), ("chronic", "慢病"), ("severe", "重病"))


class MemberForm(Panel):
    """For a new member of `household`, or for `person` to be put right. `known(id)` opens a namesake."""

    wide = True
    known = Signal(str)

    def __init__(self, household: str, today: date, person: Person | None = None) -> None:
        title = self.tr("{who}的情况").format(who=person.name) if person else self.tr("家里添一个人")
        super().__init__(title, self.tr("改好了") if person else self.tr("添上"))
        self._household, self._person, self._today = household, person, today
        self._number = (person.id_number or "") if person else ""
        self.name = LineBox(self.tr("照身份证写"))
        self.relation = RelationBox()
        self.number = IdEdit(today)
        self.sex = ChoiceGroup([(Sex.FEMALE.value, self.tr("女")), (Sex.MALE.value, self.tr("男"))])
        self.birth = DateEdit(today, quick=False)
        self.phone = NumberBox()
        self.life = ChoiceGroup([(one.value, LIFE.label(one.value)) for one in Life])
        self.illness = ChoiceGroup([(key, self.tr(said)) for key, said in ILLNESS])
        self.work_ability = ChoiceGroup(tuple(WORK_ABILITY.labels.items()))
        self.school = ChoiceGroup(tuple(SCHOOL_STAGE.labels.items()))
        self.card = CardPart(today)
        self.father = ParentPart("father", self.tr("爸爸现在怎样"), today)
        self.mother = ParentPart("mother", self.tr("妈妈现在怎样"), today)
        self.tags = TagChoice()
        self._lay_out()
        self._connect()
        self._show(facts_of(person) if person else MemberFacts("", ""))

    def facts(self) -> MemberFacts:
        """What stands in the form."""
        child = self._years() is None or (self._years() or 0) < GROWN_UP
        parents = tuple(one for part in (self.father, self.mother) if (one := part.value()))
        kept = self._person.parents if self._person else ()
        return MemberFacts(
            name=self.name.value(),
            relation=self.relation.value(),
            id_number=self.number.value() or self._number,
            sex=Sex(self.sex.value() or Sex.UNKNOWN.value),
            birth=self.birth.value(),
            phone=self.phone.value(),
            life=Life(self.life.value() or Life.HERE.value),
            school_stage=self.school.value(),
            illness=self.illness.value(),
            work_ability=self.work_ability.value(),
            disabilities=self.card.value(),
            parents=parents if child else kept,
            tags=self.tags.tags(),
        )

    def problems(self) -> tuple[Problem, ...]:
        """What the form itself cannot read; the rest is the register's to say."""
        found = []
        for name, box in (("birth", self.birth), ("card_expires", self.card.expires)):
            if box.isVisibleTo(self) and (wrong := box.problem()):
                found.append(Problem(name, wrong.words))
        if self.card.lacks_level():
            found.append(Problem("card_level", self.tr("残疾证是几级？点一个。")))
        return tuple(found)

    def work(self) -> Work:
        """Onto the register."""
        return self._work(another=False)

    def ask(self, double: Duplicate) -> None:
        """Somebody of that name or number is here already: is it the same person?"""
        self._double = double
        self.question.say("warn", double.words)
        self.no.setText(self.tr("不是，证号先空着") if double.same_number else self.tr("不是"))
        self.question.show()
        self.yes.setFocus()

    def answers(self) -> dict[str, str]:
        """What can be typed, to be kept when the worker is called away."""
        return {name: control.value() for name, control in self._typed().items()}

    def restore(self, answers: Mapping[str, str]) -> None:
        """Put back what was typed."""
        for name, control in self._typed().items():
            if answers.get(name):
                control.set_value(answers[name])
        self._fit()

    def _typed(self) -> dict[str, Any]:
        return {
            "name": self.name, "id_number": self.number, "phone": self.phone, "relation": self.relation,
            "sex": self.sex, "illness": self.illness, "school": self.school,
        }  # fmt: skip

    def _work(self, *, another: bool) -> Work:
        facts, household, person = self.facts(), self._household, self._person

        def keep(desk: Desk) -> Person:
            if person is not None:
                return members.amend(desk, person.id, facts)
            return members.add(desk, household, facts, another=another)

        return keep

    def _lay_out(self) -> None:
        who = QWidget()
        who.setProperty("surface", "clear")
        grid = QGridLayout(who)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.soft(16))
        grid.setVerticalSpacing(theme.soft(8))
        self.sex_field = Field("sex", self.tr("男还是女"), self.sex)
        self.birth_field = Field("birth", self.tr("哪天生的"), self.birth)
        fields = (
            Field("name", self.tr("姓名"), self.name),
            Field("id_number", self.tr("身份证号"), self.number, optional=True),
            self.sex_field,
            self.birth_field,
            Field("relation", self.tr("是户主的什么人"), self.relation),
            Field("phone", self.tr("电话"), self.phone, optional=True),
        )
        for place, field in enumerate(fields):
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        self.school_field = Field("school", self.tr("读书"), self.school, optional=True)
        self.question = Note("warn", "")
        self.yes, self.no = Button(self.tr("是，打开她"), "primary"), Button(self.tr("不是"))
        self.question.add_button(self.yes)
        self.question.add_button(self.no)
        self.question.hide()
        self.put(
            who,
            Field("life", self.tr("现在在哪"), self.life),
            Field("illness", self.tr("身体"), self.illness, optional=True),
            Field("work_ability", self.tr("做得了事吗"), self.work_ability, optional=True),
            self.school_field,
            self.card,
            self.father,
            self.mother,
            Field("tags", self.tr("还有什么要记住的"), self.tags, optional=True),
            self.question,
        )

    def _connect(self) -> None:
        self._double: Duplicate | None = None
        self.yes.clicked.connect(lambda: self.known.emit(self._double.person if self._double else ""))
        self.no.clicked.connect(self._another)
        self.number.changed.connect(self._fit)
        self.birth.changed.connect(self._fit)
        for box in (self.name, self.number):
            box.changed.connect(self.question.hide)

    def _another(self) -> None:
        self.question.hide()
        self.submitted.emit(self._work(another=True))

    def _show(self, facts: MemberFacts) -> None:
        self.name.set_value(facts.name)
        self.relation.set_value(facts.relation)
        # The screen may be seen by others: a number that is known is covered, and typed anew to change it.
        shown = self.tr("{number}，不改就不填").format(number=mask(self._number))
        self.number.box.setPlaceholderText(shown if self._number else self.tr("没带证就先空着"))
        self.sex.set_value(facts.sex.value)
        self.birth.set_value(facts.birth)
        self.phone.set_value(facts.phone)
        self.life.set_value(facts.life.value)
        self.illness.set_value(facts.illness)
        self.work_ability.set_value(facts.work_ability)
        self.school.set_value(facts.school_stage)
        self.card.set_value(facts.disabilities)
        for part in (self.father, self.mother):
            part.set_value(next((one for one in facts.parents if one.role == part.role), None))
        self.tags.set_tags(facts.tags)
        self._fit()

    def _years(self) -> int | None:
        found = self.number.identity()
        birth = found.birth if found else self.birth.value()
        return age(birth, self._today) if birth else None

    def _fit(self) -> None:
        """Only what this person's age and papers call for."""
        bare = not (self.number.value() or self._number)
        self.sex_field.setVisible(bare)
        self.birth_field.setVisible(bare)
        years = self._years()
        child = years is not None and years < GROWN_UP
        self.father.setVisible(child)
        self.mother.setVisible(child)
        self.school_field.setVisible(years is not None and years < STUDENT_UNTIL)
