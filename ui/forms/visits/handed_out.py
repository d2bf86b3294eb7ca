"""Two answers of their own kind: papers handed out with their copies, and the matter a visit goes back to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.visits.asking import Subject
from ui import theme
from ui.forms.editors import Choices, Editor
from ui.widgets.choice import ChoiceGroup, Option
from ui.widgets.stepper import Stepper
from ui.widgets.words import words

MOST_COPIES = 99


class MaterialsEditor(Editor):
    """`value()` is [{"what", "copies"}] in the order of the choices: pointed at, then counted (SD-027)."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.group = ChoiceGroup([Option(name, name) for name in names], multi=True)
        self.steppers = {
            name: Stepper(1, least=1, most=MOST_COPIES, name=self.tr("{what}几份").format(what=name))
            for name in names
        }
        self._rows: dict[str, QWidget] = {}
        made = self.column(self.group)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.soft(6))
        made.addLayout(self._list)
        for name, stepper in self.steppers.items():
            self._rows[name] = self._row(name, stepper)
            stepper.changed.connect(self.changed)
        self.setFocusProxy(self.group)
        self.group.changed.connect(self._chosen)

    def value(self) -> list[dict[str, Any]] | None:
        given = [
            {"what": name, "copies": self.steppers[name].value()}
            for name in self.steppers
            if name in self.group.values()
        ]
        return given or None

    def set_value(self, value: Any) -> None:
        told = {str(one["what"]): int(one.get("copies") or 1) for one in value or ()}
        self.group.set_values([name for name in told if name in self.steppers])
        for name, copies in told.items():
            if name in self.steppers:
                self.steppers[name].set_value(copies)
        self._fit()

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.group.set_label(label)

    def _row(self, name: str, stepper: Stepper) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        row.addWidget(stepper)
        row.addWidget(words(self.tr("份　{what}").format(what=name)))
        row.addStretch(1)
        holder.hide()
        self._list.addWidget(holder)
        return holder

    def _chosen(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        chosen = set(self.group.values())
        for name, row in self._rows.items():
            row.setVisible(name in chosen)


class TicketEditor(Choices):
    """Which running matter of the family; the one a visit began from is there also when it has ended."""

    def __init__(self, matters: Sequence[Subject], begun_from: str) -> None:
        options = [Option(one.id, f"{one.name}（{one.about}）") for one in matters]
        if begun_from and begun_from not in {one.id for one in matters}:
            options.append(Option(begun_from, self.tr("来的那张首访单，已经办结")))
        super().__init__(options)
        self.none = words(
            self.tr("这家没有在办的首访单。换一个为什么来，或先开一张首访单。"), "body", "quiet"
        )
        self.none.setWordWrap(True)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.none)
        self.none.setVisible(not options)
