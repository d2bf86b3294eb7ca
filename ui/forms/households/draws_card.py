"""在领的: what the family draws, since when, and the two things that happen to it — granted, and ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import plain
from app.domain.papers.granted import Grant
from ui import theme
from ui.widgets.card import Card
from ui.widgets.words import Button, Sentence, words


class DrawsCard(Card):
    """`granted()` to write down a new one, `ended(item)` that one has stopped."""

    granted = Signal()
    ended = Signal(str)

    def __init__(self, drawn: Sequence[Grant], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("在领的"))
        self.add_button = Button(self.tr("批下来了，记一笔"), "small", "check")
        self.add_button.clicked.connect(self.granted)
        self.head.addWidget(self.add_button)
        self.buttons: dict[str, Button] = {}
        if not drawn:
            self.add(words(self.tr("现在没有在领的。批下来了就记在这里。"), "body", "quiet", wrap=True))
        for one in drawn:
            self.add(self._line(one))

    def _line(self, grant: Grant) -> QWidget:
        line = QWidget()
        line.setProperty("surface", "clear")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Sentence(grant.name, "label"))
        column.addWidget(Sentence(told(grant), "body", "quiet"))
        row.addLayout(column, 1)
        button = Button(self.tr("停了"), "small")
        button.setAccessibleName(self.tr("{what}停了").format(what=grant.name))
        button.clicked.connect(lambda _checked=False, item=grant.item: self.ended.emit(item))
        self.buttons[grant.item] = button
        row.addWidget(button)
        return line


def told(grant: Grant) -> str:
    """`全家 · 2026年7月起 · 每月 520 元`."""
    parts = ["、".join(grant.who) if grant.who else "全家"]
    if grant.since:
        parts.append(f"{grant.since.year}年{grant.since.month}月起")
    if grant.monthly_fen is not None:
        parts.append(f"每月 {plain(grant.monthly_fen)} 元")
    return " · ".join(parts)
