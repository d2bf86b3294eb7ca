"""什么事: her own words first, then the items they are about, how she came, and whether it can wait."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.tickets.ticket_views import Choices, Spared
from app.domain.packs.proof import ASKED, told_of
from app.domain.problem import Problem
from app.domain.tickets.ticket_terms import CHANNELS
from ui import theme
from ui.forms.policy.proof_pick import ProofPick
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup, Option
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.text import ParagraphBox
from ui.widgets.words import Button

URGENT = "urgent"
ASKED_CHANNELS = ("come", "call", "proxy", "hotline", "online", "letter")
PROOF_WORDS = ("证明", "盖章", "盖个章", "开个证")


class WhatStep(QWidget):
    """Second step."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._proofs: tuple[Spared, ...] = ()
        self.request = ParagraphBox(self.tr("例如：媳妇走了，伢儿读书钱冒得。"), lines=2, grow=False)
        self.urgent = ChoiceGroup([Option(URGENT, self.tr("急难，今天就要帮"))], multi=True)
        self.urgent.set_label(self.tr("急不急"))
        self.asks = ChoiceGroup([Option(ASKED, self.tr("要开证明"))], multi=True)
        self.asks.set_label(self.tr("要不要开证明"))
        self.proof = ProofPick()
        self.note = Note("bad", self.tr("急难先救，缺的材料后补。别让人等。"))
        self.items = GroupedChoice(multi=True)
        self.channel = ChoiceGroup([(key, CHANNELS[key]) for key in ASKED_CHANNELS])
        self.meant = Note("info", "")
        mean = Button(self.tr("是，要开证明"), "small")
        mean.clicked.connect(self._means_proof)
        self.meant.add_button(mean)
        self.meant.hide()
        self._lay_out()
        for group in (self.items, self.channel, self.urgent, self.asks):
            group.changed.connect(self.changed)
        self.asks.changed.connect(self._asks_chosen)
        self.proof.changed.connect(self.changed)
        self.request.changed.connect(self.changed)
        self.request.changed.connect(self._hint)
        self.urgent.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.soft(4), 0)
        column.setSpacing(theme.soft(10))
        column.addWidget(Field("request", self.tr("照她的原话写"), self.request))
        pressing = QHBoxLayout()
        pressing.setSpacing(theme.soft(12))
        pressing.addWidget(self.urgent)
        pressing.addWidget(self.asks)
        pressing.addWidget(self.note, 1)
        pressing.addStretch(0)
        column.addWidget(self.meant)
        column.addLayout(pressing)
        column.addWidget(self.proof)
        self.items_field = Field("items", self.tr("是哪样事"), self.items, optional=True)
        column.addWidget(self.items_field)
        column.addWidget(Field("channel", self.tr("怎么来的"), self.channel))
        column.addStretch(1)

    def show_new(self, new: NewTicket, choices: Choices) -> None:
        """Show what has been written already."""
        self.items.set_groups(choices.kinds)
        self._proofs = choices.proofs
        self.asks.setVisible(bool(choices.proofs))
        self.items.set_label(self.tr("是哪样事"))
        self.items_field.setVisible(bool(choices.items))
        self.request.set_value(new.request)
        codes = {one.code for one in choices.proofs}
        proof = next((code for code in new.items if code in codes), "")
        self.items.set_values(new.items)
        self.asks.set_values([ASKED] if proof or ASKED in new.items else [])
        self.proof.show_known(choices.proofs, new.request if proof else "", proof)
        self.channel.set_value(new.channel)
        self.urgent.set_values([URGENT] if new.urgent else [])
        self._asks_chosen()
        self._show()

    def filled(self, new: NewTicket) -> NewTicket:
        """`new` with what it is about."""
        return replace(
            new,
            request=self.request.value(),
            items=(*self._asked(), *self.items.values()),
            channel=self.channel.value() or "come",
            urgent=bool(self.urgent.values()),
        )

    def problems(self) -> tuple[Problem, ...]:
        """Her words are what the ticket is registered by."""
        if self.request.value():
            return ()
        return (Problem("request", self.tr("来办什么事？照她的原话写一句。")),)

    def start(self) -> None:
        """Her words."""
        self.request.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hint(self) -> None:
        """Her own words speak of a certificate: it is offered, never taken for granted."""
        words = self.request.value()
        asks = any(word in words for word in PROOF_WORDS) and not self.asks.values()
        named = told_of((one.proof for one in self._proofs), words) if asks else ()
        self.meant.setVisible(bool(named))
        if named:
            said = self.tr("她是要开{proof}吗？村里不该开的，换个办法，不用她跑。")
            self.meant.say("info", said.format(proof=named[0].title))

    def _means_proof(self) -> None:
        self.asks.set_values([ASKED])
        self.proof.show_known(self._proofs, self.request.value())
        self._asks_chosen()
        self._hint()
        self.changed.emit()

    def _show(self) -> None:
        self.note.setVisible(bool(self.urgent.values()))

    def _asked(self) -> tuple[str, ...]:
        # A certificate that was named is kept by its own code; one that was not stays 要开证明.
        return (self.proof.value() or ASKED,) if self.asks.values() else ()

    def _asks_chosen(self) -> None:
        asked = bool(self.asks.values())
        if asked and self.proof.isHidden() and not self.proof.value():
            self.proof.show_known(self._proofs, self.request.value())
        self.proof.setVisible(asked)
        self._hint()
