"""The sixteen reports in plain words, to be pointed at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.reports.catalogue import GROUPS, REPORTS
from ui import theme
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList


class ReportList(QWidget):
    """`opened(key)` when pointed at, `chosen(key)` when one becomes current by the keys."""

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.rows = RowList(self.tr("报表"))
        self.rows.setProperty("plain", True)
        self.rows.opened.connect(self.opened)
        self.rows.chosen.connect(self.chosen)
        card.add(self.rows)
        column.addWidget(card)
        self._fill()

    def show_current(self, key: str) -> None:
        """Mark the report in sight."""
        self.rows.choose(key)

    def _fill(self) -> None:
        rows: list[Row] = []
        group = ""
        for spec in REPORTS:
            if spec.group != group:
                group = spec.group
                rows.append(Row(f"heading:{group}", GROUPS[group], heading=True))
            rows.append(Row(spec.key, f"{spec.number}. {spec.title}", spec.asks))
        self.rows.set_rows(rows)
