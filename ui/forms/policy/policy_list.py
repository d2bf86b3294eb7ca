"""The question about policy and the items that answer it, to be pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.packs.proof import ASKED, Proof
from app.domain.packs.service_item import GROUPS, Item
from ui import theme
from ui.forms.policy.proof_card import proof_row
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox


class PolicyList(QWidget):
    """`asked(query)` at every letter; `chosen(item)` when one becomes current, `opened` when pointed at."""

    asked = Signal(str)
    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.search = SearchBox(self.tr("老人 80 了有钱领吗"), self.tr("问政策"))
        self.search.asked.connect(self.asked)
        column.addWidget(self.search)
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.items = RowList(self.tr("政策"))
        self.items.setProperty("plain", True)
        self.items.opened.connect(self.opened)
        self.items.chosen.connect(self.chosen)
        self.items.left_up.connect(self.search.setFocus)
        self.search.stepped_in.connect(self.items.setFocus)
        self.search.confirmed.connect(self._first)
        card.add(self.items)
        column.addWidget(card, 1)

    def add(self, widget: QWidget) -> None:
        """Put something under the items."""
        layout = self.layout()
        assert layout is not None, "the list has its column"
        layout.addWidget(widget)

    def show_found(self, items: Sequence[Item], proofs: Sequence[Proof], wanted: str, *, all_: bool) -> None:
        """Show what was found; `wanted` stays current when it is among them, else the first.

        With `all_` the certificates stand behind one row; else those that were asked for stand first.
        """
        rows = [Row(item.code, item.name, item.spoken, icon="policy") for item in items]
        if not self.search.query():  # an answer to a question stands nearest first, not by kind
            rows = self._grouped(items, rows)
        if all_ and proofs:
            said = self.tr("{n} 样不该由村里开，看该找谁").format(n=len(proofs))
            rows.append(Row("heading:proofs", self.tr("不该由村里开的"), heading=True))
            rows.append(Row(ASKED, self.tr("要开证明"), said, icon="x"))
        elif proofs:
            rows = [*(proof_row(one) for one in proofs), *rows]
        self.items.set_rows(rows, keep=False)
        if not self.items.choose(wanted):
            self.items.choose_first()

    def _grouped(self, items: Sequence[Item], rows: Sequence[Row]) -> list[Row]:
        found: list[Row] = []
        before = ""
        for item, row in zip(items, rows, strict=True):
            if item.group != before:
                found.append(Row(f"heading:{item.group}", GROUPS[item.group], heading=True))
                before = item.group
            found.append(row)
        return found

    def _first(self) -> None:
        if key := self.items.current_key():
            self.opened.emit(key)
