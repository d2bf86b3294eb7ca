"""Sums of money of one group: those in use open, the rest one press away, and 「其余都是 0」."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.domain.visits.form import FormField
from app.domain.visits.form_words import PROOFS
from ui import theme
from ui.forms.editors import Editor
from ui.widgets.beside_layout import BesideLayout
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.money import BOX, MoneyEdit
from ui.widgets.words import Button, rule

BESIDE_FROM = 560  # px of the standard size from which the sources stand beside the sum
NOTHING = {"fen": 0, "kind": "told"}


class SumEditor(Editor):
    """A sum with where it is known from: `{"fen", "kind", "sure"}`; `sure` when an odd sum was confirmed."""

    def __init__(self, last_fen: int | None) -> None:
        super().__init__()
        self.money = MoneyEdit(last_fen=last_fen, months=12)
        self.proof = ChoiceGroup(list(PROOFS.items()))
        row = BesideLayout(
            gap=theme.soft(10), wide=lambda: theme.em(BESIDE_FROM), first=lambda: theme.soft(BOX)
        )
        row.addWidget(self.money)
        row.addWidget(self.proof)
        made = self.column()
        made.setSpacing(theme.soft(2))
        made.addLayout(row)
        # The reading is longer than the box; below both it leaves the sources their room.
        made.addWidget(self.money.reading)
        self.setFocusProxy(self.money)
        self._sure = self._doubtful = False
        self._read()
        self.money.changed.connect(self._edited)
        self.money.box.editingFinished.connect(self._finish)
        self.proof.changed.connect(self._given)
        self.doubted.connect(self._doubted)

    def value(self) -> dict[str, Any] | None:
        fen = self.money.value()
        if fen is None:
            return None
        kind = self.proof.value() or ("told" if fen == 0 else "")
        return {"fen": fen, "kind": kind, **({"sure": True} if self._sure else {})}

    def set_value(self, value: Any) -> None:
        given = value if isinstance(value, Mapping) else {}
        fen = given.get("fen")
        if self.money.value() != fen or fen is None:
            self.money.set_value(fen)
        self.proof.set_value(str(given.get("kind") or ""))
        self._sure = bool(given.get("sure"))
        if self._sure:
            self.money.stand_by()
        self._read()

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.money.set_label(label)
        self.proof.set_label(self.tr("{label}从哪里知道的").format(label=label))

    @property
    def certain(self) -> bool:
        """What cannot be read is wrong for certain: nobody can stand by it."""
        return self.money.value() is None

    def stand_by(self) -> None:
        self._sure = True
        self.money.stand_by()
        self._doubtful = False
        self._read()
        self.changed.emit()

    def mend(self, text: str) -> None:
        """Take the sum offered instead."""
        self.money.mend(text)
        self._given()

    def doubt(self) -> Problem | None:
        """What is odd about the sum, or None."""
        return self.money.doubt()

    def _edited(self) -> None:
        self._sure = self._doubtful = False
        self._read()
        self.typing.emit()

    def _finish(self) -> None:
        if self.money.value() is not None or not self.money.box.text().strip():
            self._given()
        else:
            self.doubted.emit(self.doubt())

    def _given(self) -> None:
        # Doubt comes after: what was given is kept all the same, odd or not.
        self.changed.emit()
        self.doubted.emit(self.doubt())

    def _doubted(self, problem: Problem | None) -> None:
        # The doubt reads the sum aloud itself.
        self._doubtful = problem is not None
        self._read()

    def _read(self) -> None:
        self.money.reading.setVisible(bool(self.money.reading.text()) and not self._doubtful)


class SumGroup(QWidget):
    """The fields of a group of sums. `opened` is emitted when a folded one is asked for."""

    zeroed = Signal(object)  # ids of the fields that are now nothing

    def __init__(self, fields: Sequence[FormField], rows: Mapping[str, Field]) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._fields, self._rows = fields, rows
        self._asked: set[str] = {one.id for one in fields if one.front}
        self._rules: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        for one in fields:
            self._rules[one.id] = line = rule()
            column.addWidget(rows[one.id])
            column.addWidget(line)
        self._foot = QWidget()
        self._foot.setProperty("surface", "clear")
        flow = FlowLayout(self._foot, theme.soft(8))
        self.buttons = {one.id: Button("", "", "plus") for one in fields}
        self.rest = Button(self.tr("其余都是 0"), "primary")
        for one in fields:
            button = self.buttons[one.id]
            button.clicked.connect(lambda _on=False, key=one.id: self.open(key))
            flow.addWidget(button)
        flow.addWidget(self.rest)
        column.addWidget(self._foot)
        self.rest.clicked.connect(self._zero)
        self.show_values({})

    def open(self, key: str) -> None:
        """Unfold one sum and go there."""
        self._asked.add(key)
        self._rows[key].show()
        self._rules[key].show()
        self.buttons[key].hide()
        self._rows[key].setFocus(Qt.FocusReason.TabFocusReason)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show sums that are something; what is nothing stands as 「养殖 0」 on its button."""
        for one in self._fields:
            given = values.get(one.id)
            nothing = isinstance(given, Mapping) and given.get("fen") == 0
            empty = given is None
            shown = one.id in self._asked or not (empty or nothing)
            self._rows[one.id].setVisible(shown)
            self._rules[one.id].setVisible(shown)
            button = self.buttons[one.id]
            button.setVisible(not shown)
            button.setText(f"{one.short} 0" if nothing else one.short)
            button.set_icon("check" if nothing else "plus")
            button.setAccessibleName(f"{one.short}，{self.tr('填的 0') if nothing else self.tr('还没填')}")
        self.rest.setVisible(any(values.get(one.id) is None for one in self._fields))

    def _zero(self) -> None:
        self.zeroed.emit([one.id for one in self._fields])
