"""The foot of a page in which a record is shown: where that record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.forms.syncing.where_line import WhereLine
    from ui.pages.page import Page


class WhereFoot:
    """Made with its page; its line is made with the first record, for most pages never show one."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._line: WhereLine | None = None

    def tell(self, kind: str = "", record: str = "") -> None:
        """Of this record from now on; "" for none."""
        if self._line is None and record:
            self._line = self._made()
        if self._line is not None:
            self._line.tell(kind, record)

    def ask(self) -> None:
        """Something was written, or the county answered: ask again."""
        if self._line is not None:
            self._line.ask()

    def _made(self) -> WhereLine:
        from ui.forms.syncing.where_line import WhereLine

        page = self._page
        line = WhereLine(page.run)
        line.case.connect(lambda case: page.navigate.emit("conflicts", {"conflict": case}))
        page.foot.insertWidget(0, line, 1)
        return line
