"""The green side of the lock: whose village this is, and three sentences that take the worry away."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import Icon, words


class Unsent(NamedTuple):
    """What had not gone to the county when the lock fell."""

    records: int
    photos: int = 0


class UnlockSide(QWidget):
    """`unsent` adds the line about waiting records; None leaves it out (nobody knows before unlocking)."""

    def __init__(self, place: str, unsent: Unsent | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unlockSide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.soft(500) if theme.current().size is not theme.Size.EXTRA else 470)
        column = QVBoxLayout(self)
        side = theme.soft(52)
        column.setContentsMargins(side, theme.soft(56), theme.soft(24), theme.soft(52))
        column.setSpacing(theme.soft(6))
        logo = QWidget()
        logo.setObjectName("logo")
        logo.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        logo.setFixedSize(theme.em(84), theme.em(84))
        inside = QHBoxLayout(logo)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Icon("home", 54, "pri"), 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(logo)
        column.addSpacing(theme.soft(14))
        product = words(self.tr("首访通"))
        product.setObjectName("product")
        column.addWidget(product)
        if place:
            column.addWidget(words(place, "strong", "nav", wrap=True))
        column.addStretch(1)
        lines = [
            ("nowifi", self.tr("没有网，也能办一整天的事")),
            ("lock", self.tr("资料加了密，别人拿走也看不了")),
        ]
        if unsent is not None and any(unsent):
            lines.append(("sync", self._waits(unsent)))
        for icon, text in lines:
            row = QHBoxLayout()
            row.setSpacing(theme.soft(12))
            row.addWidget(Icon(icon, 28, "on_nav", on_line=True), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words(text, "body", "nav", wrap=True), 1)
            column.addLayout(row)
            column.addSpacing(theme.soft(6))

    def _waits(self, unsent: Unsent) -> str:
        if not unsent.photos:
            return self.tr("有 {n} 条等着上传，锁着也不会丢").format(n=unsent.records)
        if not unsent.records:
            return self.tr("有 {n} 张照片等着上传，锁着也不会丢").format(n=unsent.photos)
        said = self.tr("有 {n} 条、{photos} 张照片等着上传，锁着也不会丢")
        return said.format(n=unsent.records, photos=unsent.photos)
