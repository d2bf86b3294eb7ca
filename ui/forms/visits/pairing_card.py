"""结对帮扶: who stands by this family, to be put down or changed in place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.people.phone import spoken
from app.domain.visits.pairing import Pairing
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.text import LineBox, NumberBox
from ui.widgets.words import Button, words

FIELDS = ("helper", "helper_unit", "helper_phone")


class PairingCard(Card):
    """`kept(helper, unit, phone)`. The boxes open when they are asked for."""

    kept = Signal(str, str, str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("结对帮扶"))
        self.change = Button("", "small", "pen")
        self.change.clicked.connect(self._open)
        self.head.addWidget(self.change)
        self.who = words("", "body", "", wrap=True)
        self.add(self.who)
        self.helper, self.unit, self.phone = LineBox(), LineBox(), NumberBox()
        for box in (self.helper, self.unit, self.phone):
            box.changed.connect(self.touched)
        self.keep = Button(self.tr("记下"), "primary", "check")
        self.keep.clicked.connect(self._keep)
        self._form = (
            Field("helper", self.tr("帮扶人"), self.helper),
            Field("helper_unit", self.tr("哪个单位的"), self.unit, optional=True),
            Field("helper_phone", self.tr("电话"), self.phone, optional=True),
            self.keep,
        )
        for part in self._form:
            self.add(part)
        self._editing = False

    def show_pairing(self, pairing: Pairing | None, *, same: bool) -> None:
        """Say who it is; boxes being filled for the same family stay open."""
        said = self.tr("还没有记帮扶人。")
        if pairing is not None:
            said = " ".join(part for part in (pairing.words, spoken(pairing.phone)) if part)
        self.who.setText(said)
        self.change.setText(self.tr("换一个") if pairing is not None else self.tr("记一个"))
        self.change.setAccessibleName(self.tr("结对帮扶，{what}").format(what=self.change.text()))
        if not same or not self._editing:
            self._editing = False
            for box, value in zip(
                (self.helper, self.unit, self.phone),
                (pairing.helper, pairing.unit, pairing.phone) if pairing else ("", "", ""),
                strict=True,
            ):
                box.set_value(value)
        self._fit()

    def answers(self) -> dict[str, str]:
        """What stands there, by the names of its fields; nothing while it is closed."""
        if not self._editing:
            return {}
        given = (self.helper.value(), self.unit.value(), self.phone.value())
        return dict(zip(FIELDS, given, strict=True))

    def take_up(self, kept: Mapping[str, str]) -> None:
        """Go on with what was begun here."""
        if any(kept.get(name) for name in FIELDS):
            for name, box in zip(FIELDS, (self.helper, self.unit, self.phone), strict=True):
                box.set_value(kept.get(name, ""))
            self._editing = True
            self._fit()

    def close_form(self) -> None:
        """What was typed is kept: the boxes close."""
        self._editing = False
        self._fit()

    def _open(self) -> None:
        self._editing = not self._editing
        self._fit()
        if self._editing:
            self.helper.setFocus()

    def _fit(self) -> None:
        for part in self._form:
            part.setVisible(self._editing)
        self.who.setVisible(not self._editing)

    def _keep(self) -> None:
        self.kept.emit(self.helper.value(), self.unit.value(), self.phone.value())
