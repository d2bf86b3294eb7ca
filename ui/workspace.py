"""Everything behind the lock: rail, top bar, banner, and the pages, built when first visited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import notices
from ui.pages.page import Page
from ui.widgets.banner import Banner
from ui.widgets.hits import HitPanel, Hits
from ui.widgets.rail import Entry, Rail
from ui.widgets.toast import Toast
from ui.widgets.top_bar import SyncState, TopBar, badge_for

ENTRIES = (
    Entry("today", "今日", "today"),
    Entry("households", "住户", "home"),
    Entry("visits", "走访", "visit"),
    Entry("tickets", "首访单", "ticket"),
    Entry("checklists", "办事清单", "list"),
    Entry("policies", "政策", "policy"),
    Entry("sync", "同步", "sync"),
)
MENU = (
    ("settings", "设置"),
    ("larger", "字大一点"),
    ("smaller", "字小一点"),
    ("", ""),
    ("passphrase", "换口令"),
    ("backup", "备份到 U 盘"),
    ("help", "帮助"),
    ("", ""),
    ("quit", "退出"),
)
SEARCH_PAUSE_MS = 120
Factory = Callable[[], Page]
Search = Callable[[str, Callable[[list[Hits]], None]], None]


class Workspace(QWidget):
    """Everything behind the lock. Pages are built the first time they are visited.

    `factories` maps page names to builders; names beyond the rail's seven are allowed (settings, help).
    `search(query, show)` is asked after a short pause in typing and calls `show` with the groups;
    opening a result goes to the page before the first ":" of its key with `key=` what follows.
    """

    lock_asked = Signal()
    menu_chosen = Signal(str)
    went = Signal(str)

    def __init__(
        self,
        factories: Mapping[str, Factory],
        *,
        village: str,
        worker: str,
        search: Search | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._factories, self._search = dict(factories), search
        self._pages: dict[str, Page] = {}
        self.current_name = ""
        self.rail = Rail(tuple(one for one in ENTRIES if one.key in factories), village)
        self.top = TopBar(worker)
        self.top.set_menu(MENU)
        self.banner = Banner()
        self.stack = QStackedWidget()
        self._lay_out()
        self.toast = Toast(self.stack)
        self.hits = HitPanel(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._connect()
        notices.register(self._say)
        self.destroyed.connect(lambda _gone=None, say=self._say: notices.unregister(say))

    def go(self, name: str, **params: Any) -> None:
        """Show page `name`, built if need be, and open it with `params`. Unknown names raise KeyError."""
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._factories[name]()
            page.navigate.connect(lambda target, carried: self.go(target, **carried))
            self.stack.addWidget(page)
        before = self.page()
        if before is not None and before is not page:
            before.leave()
        self.current_name = name
        self.stack.setCurrentWidget(page)
        self.rail.show_current(name)
        self._close_hits()
        page.open(**params)
        page.focus_first()
        self.went.emit(name)

    def knows(self, name: str) -> bool:
        """True when a page of that name can be built."""
        return name in self._factories

    def page(self) -> Page | None:
        """The page in sight."""
        return self._pages.get(self.current_name)

    def refresh(self) -> None:
        """Records changed behind the page in sight: ask again."""
        page = self.page()
        if page is not None:
            page.refresh()

    def set_counts(self, counts: dict[str, int]) -> None:
        """Counts of things to do, by rail key."""
        self.rail.set_counts(counts)

    def set_sync(self, state: SyncState) -> None:
        """Word the sync badge."""
        self.top.set_badge(badge_for(state))

    def press_primary(self) -> None:
        """Press the filled button of the page in sight, as Ctrl+Enter does."""
        page = self.page()
        if page is not None and page.primary is not None and page.primary.isEnabled():
            page.primary.click()

    def close_panels(self) -> None:
        """Esc: close results and banner, never lose text."""
        self._close_hits()
        if self.banner.close_button.isVisible():
            self.banner.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep toast and results in place."""
        super().resizeEvent(event)
        self.toast.place()
        self._place_hits()

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        across.addLayout(column, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.top.sync_pressed.connect(lambda: self.go("sync"))
        self.top.lock_pressed.connect(self.lock_asked)
        self.top.menu_chosen.connect(self.menu_chosen)
        box = self.top.search
        box.asked.connect(lambda query: self._pause.start() if query else self._close_hits())
        self._pause.timeout.connect(self._ask)
        box.stepped_in.connect(self.hits.enter)
        box.confirmed.connect(self.hits.open_first)
        box.dismissed.connect(self._back_to_page)
        self.hits.left.connect(box.setFocus)
        self.hits.opened.connect(self._open_hit)

    def _ask(self) -> None:
        query = self.top.search.query()
        if self._search is None or not query:
            return

        def show(groups: list[Hits]) -> None:
            if query == self.top.search.query():  # an answer to an older question is dropped
                self.hits.show_hits(query, groups)
                self._place_hits()

        self._search(query, show)

    def _open_hit(self, key: str) -> None:
        name, _, rest = key.partition(":")
        self.top.search.clear()
        self.go(name, key=rest)

    def _close_hits(self) -> None:
        self._pause.stop()
        self.hits.hide()

    def _back_to_page(self) -> None:
        self._close_hits()
        page = self.page()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_hits(self) -> None:
        box = self.top.search
        at: QRect = QRect(box.mapTo(self, box.rect().bottomLeft()), box.size())
        self.hits.place(at.left(), at.top() + 6, box.width(), self.height() - at.top() - 24)

    def _say(self, notice: notices.Notice) -> None:
        if notice.kind is notices.Kind.SAVED:
            self.toast.say(notice.words, notice.button, notice.act)
        elif notice.kind is notices.Kind.CLEAR:
            self.banner.hide()
        else:
            self.banner.announce(
                notice.kind.value, notice.words, notice.button, notice.act, closable=notice.closable
            )
