"""什么事: her own words first, then the items they are about, how she came, and whether it can wait."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.ticket_drafts import NewTicket
from app.actions.ticket_views import Choices
from app.domain.problem import Problem
from ui import theme
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup, Option
from ui.widgets.field import Field
from ui.widgets.grouped_choice import GroupedChoice
from ui.widgets.text import ParagraphBox

URGENT = "urgent"


class WhatStep(QWidget):
    """Second step."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.soft(4), 0)
        column.setSpacing(theme.soft(10))
        self.request = ParagraphBox(self.tr("例如：媳妇走了，伢儿读书钱冒得。"), lines=2)
        self.request.setFixedHeight(self.request.minimumHeight())
        self.urgent = ChoiceGroup([Option(URGENT, self.tr("急难，今天就要帮"))], multi=True)
        self.urgent.set_label(self.tr("急不急"))
        self.note = Note("bad", self.tr("急难先救，缺的材料后补。别让人等。"))
        self.items = GroupedChoice(multi=True)
        self.channel = ChoiceGroup(
            [
                ("come", self.tr("人来的")),
                ("call", self.tr("打电话来的")),
                ("proxy", self.tr("别人代来的")),
                ("hotline", self.tr("12345 转来的")),
                ("letter", self.tr("写信来的")),
            ]
        )
        column.addWidget(Field("request", self.tr("照她的原话写"), self.request))
        pressing = QHBoxLayout()
        pressing.setSpacing(theme.soft(12))
        pressing.addWidget(self.urgent)
        pressing.addWidget(self.note, 1)
        pressing.addStretch(0)
        column.addLayout(pressing)
        self.items_field = Field("items", self.tr("是哪样事"), self.items, optional=True)
        column.addWidget(self.items_field)
        column.addWidget(Field("channel", self.tr("怎么来的"), self.channel))
        column.addStretch(1)
        for group in (self.items, self.channel, self.urgent):
            group.changed.connect(self.changed)
        self.request.changed.connect(self.changed)
        self.urgent.changed.connect(self._show)
        self._show()

    def show_new(self, new: NewTicket, choices: Choices) -> None:
        """Show what has been written already."""
        self.items.set_groups(choices.kinds)
        self.items.set_label(self.tr("是哪样事"))
        self.items_field.setVisible(bool(choices.items))
        self.request.set_value(new.request)
        self.items.set_values(new.items)
        self.channel.set_value(new.channel)
        self.urgent.set_values([URGENT] if new.urgent else [])
        self._show()

    def filled(self, new: NewTicket) -> NewTicket:
        """`new` with what it is about."""
        return replace(
            new,
            request=self.request.value(),
            items=self.items.values(),
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

    def _show(self) -> None:
        self.note.setVisible(bool(self.urgent.values()))
