"""A question asked of several members: one line of buttons each, and one button for 「其余都…」."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people.person import Person
from app.domain.visits.asking import Subject
from app.domain.visits.form import FormField, Kind
from ui import theme
from ui.forms.editors import Choices, Editor
from ui.widgets.beside_layout import BesideLayout
from ui.widgets.choice import Option
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button, Sentence, rule, words

NAME_WIDTH, BESIDE_FROM = 215, 600
Asked = Person | Subject  # whom or what a line is about
Describe = Callable[[Asked], str]
Judge = Callable[[Sequence[str]], str]


class PersonLine(QWidget):
    """One member: who she is on the left, the choices beside it, and what follows from them."""

    changed = Signal()

    def __init__(self, field: FormField, person: Asked, about: str, judge: Judge | None) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._judge = judge
        # Beside a name there must be room for two choices, or they would make a tower of single ones.
        beside = BesideLayout(
            self, gap=theme.soft(8), wide=lambda: theme.em(BESIDE_FROM), first=lambda: theme.em(NAME_WIDTH)
        )
        who, given = QWidget(), QWidget()
        for part in (who, given):
            part.setProperty("surface", "clear")
            beside.addWidget(part)
        names = FlowLayout(who, theme.soft(12), line_gap=0)
        names.addWidget(Sentence(person.name, "label"))
        names.addWidget(Sentence(about, "body", "quiet"))
        column = QVBoxLayout(given)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(4))
        self.verdict = words("", "body", "info", wrap=True)
        self.verdict.hide()
        alone = frozenset(one.code for one in field.options if one.alone)
        self.choices = Choices(
            [Option(one.code, one.words) for one in field.options],
            multi=field.kind is Kind.MULTI,
            alone=alone,
            front=tuple(alone) if field.more else (),
            more=field.more,
        )
        self.choices.set_label(f"{person.name}，{field.label}")
        column.addWidget(self.choices)
        column.addWidget(self.verdict)
        self.setFocusProxy(self.choices)
        self.choices.changed.connect(self._changed)

    def set_value(self, value: Any) -> None:
        """Show `value`; silent."""
        self.choices.set_value(value)
        self._say()

    def _changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        value = self.choices.value()
        codes = [value] if isinstance(value, str) else list(value or ())
        verdict = self._judge(codes) if self._judge else ""
        self.verdict.setText(verdict)
        self.verdict.setVisible(bool(verdict))


class EachPerson(Editor):
    """`value()` maps person ids to what was chosen for them."""

    def __init__(
        self, field: FormField, people: Sequence[Asked], describe: Describe, judge: Judge | None = None
    ) -> None:
        super().__init__()
        self.field, self._describe, self._judge = field, describe, judge
        self.lines: dict[str, PersonLine] = {}
        self._rules: dict[str, QWidget] = {}
        self._asked: tuple[str, ...] = ()
        self._made = made = self.column()
        made.setSpacing(theme.soft(10))
        self._calm = next((one for one in field.options if one.alone), None)
        self.rest = Button(
            self.tr("其余都{words}").format(words=self._calm.words if self._calm else ""), "small"
        )
        self.rest.clicked.connect(self._rest)
        made.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask_of(people)

    def ask_of(self, people: Sequence[Asked]) -> None:
        """Ask these; another answer may have made it one more or one less, whose line is put away."""
        asked = tuple(one.id for one in people)
        if asked == self._asked and self.lines:
            return
        self._asked = asked
        for one in people:
            if one.id not in self.lines:
                self._add(one)
        for key, line in self.lines.items():
            line.setVisible(key in asked)
            self._rules[key].setVisible(key in asked[1:])
        if asked:
            self.setFocusProxy(self.lines[asked[0]])
        self._offer()

    def _add(self, one: Asked) -> None:
        line = self.lines[one.id] = PersonLine(self.field, one, self._describe(one), self._judge)
        between = self._rules[one.id] = rule()
        line.changed.connect(self._changed)
        for part in (between, line):
            self._made.insertWidget(self._made.count() - 1, part)

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.rest.setAccessibleName(f"{label}，{self.rest.text()}")

    def value(self) -> dict[str, Any] | None:
        given = {key: self.lines[key].choices.value() for key in self._asked}
        return {key: value for key, value in given.items() if value} or None

    def set_value(self, value: Any) -> None:
        given = dict(value or {})
        for key, line in self.lines.items():
            line.set_value(given.get(key))
        self._offer()

    def _changed(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        open_ones = [key for key in self._asked if not self.lines[key].choices.value()]
        self.rest.setVisible(self._calm is not None and len(self._asked) > 1 and bool(open_ones))

    def _rest(self) -> None:
        if self._calm is None:
            return
        for line in (self.lines[key] for key in self._asked):
            if not line.choices.value():
                code = self._calm.code
                line.set_value([code])
        self.focusNextChild()
        self._changed()
