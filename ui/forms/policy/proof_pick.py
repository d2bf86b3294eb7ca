"""要开证明: which certificate is asked for, and what to do instead of stamping it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.tickets.ticket_views import Spared
from app.domain.packs.proof import told_of
from app.domain.people.phone import spoken
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field


class ProofPick(QWidget):
    """`value()` is the code of a certificate the village should not issue, or ""."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._known: dict[str, Spared] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.group = ChoiceGroup([])
        self.note = Note("info", self.tr("这个证明村里不该开。不用群众跑，我们去问。"))
        column.addWidget(self.note)
        column.addWidget(Field("proof", self.tr("要开哪样证明"), self.group, optional=True))
        self.group.changed.connect(self._chosen)
        self._show()

    def show_known(self, known: Sequence[Spared], request: str, chosen: str = "") -> None:
        """Offer what the pack knows, what her own words speak of first and chosen already."""
        self._known = {one.code: one for one in known}
        named = [one.code for one in told_of((one.proof for one in known), request)]
        order = dict.fromkeys((*named, *self._known))
        self.group.set_options([(code, self._known[code].proof.title) for code in order])
        self.group.set_label(self.tr("要开哪样证明"))
        self.group.set_value(chosen or next(iter(named), ""))
        self._show()

    def value(self) -> str:
        """Which certificate."""
        return self.group.value()

    def _chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        one = self._known.get(self.group.value())
        self.note.setVisible(one is not None)
        if one is not None:
            said = "。".join(part for part in (one.proof.instead, self._ring(one)) if part)
            self.note.say("info", self.tr("这个证明村里不该开。不用群众跑，我们去问。"), said + "。")

    def _ring(self, one: Spared) -> str:
        if one.phone:
            return self.tr("打电话：{place} {phone}").format(place=one.place, phone=spoken(one.phone))
        return self.tr("{place}的电话县里还没写，问镇里").format(place=one.place) if one.place else ""
