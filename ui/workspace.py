"""Everything behind the lock: rail, top bar, banner, and the pages, built when first visited."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import notices
from ui.pages.page import Page
from ui.widgets.banner import Banner, News
from ui.widgets.finder import Finder, Search
from ui.widgets.focus_keeper import FocusKeeper
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
    Entry("registers", "台账", "registers"),
    Entry("sync", "同步", "sync"),
)
MENU = (
    ("settings", "设置"),
    ("larger", "字大一点"),
    ("smaller", "字小一点"),
    ("", ""),
    ("passphrase", "换口令"),
    ("backup", "备份到 U 盘"),
    ("audit", "操作记录"),
    ("help", "帮助"),
    ("", ""),
    ("quit", "退出"),
)
NEEDS = {
    "settings": "settings", "passphrase": "settings", "backup": "settings", "audit": "audit", "help": "help",
}  # fmt: skip
WITHIN = {
    "printing": "checklists",
    "reports": "registers",
    "clues": "registers",
    "surveys": "registers",
    "conflicts": "sync",
}  # where a page belongs that has no place of its own on the rail
Factory = Callable[[], Page]


class Workspace(QWidget):
    """Everything behind the lock. Pages are built the first time they are visited.

    `factories` maps page names to builders; names beyond the rail's are allowed (settings, help).
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
        self._factories = dict(factories)
        self.pages: dict[str, Page] = {}
        self.current_name = ""
        self.rail = Rail(tuple(one for one in ENTRIES if one.key in factories), village)
        self.top = TopBar(worker)
        self.top.set_menu(_offered(factories))
        self.banner = Banner()
        self.stack = QStackedWidget()
        self._lay_out()
        self.toast = Toast(self.stack)
        self.finder = Finder(self.top.search, self, search)
        self.hits = self.finder.panel
        FocusKeeper(self.stack).fell_out.connect(self._into_page)
        self._connect()
        notices.register(self._say)
        self.destroyed.connect(lambda _gone=None, say=self._say: notices.unregister(say))

    def go(self, name: str, **params: Any) -> None:
        """Show page `name`, built if need be, and open it with `params`. Unknown names raise KeyError."""
        page = self.pages.get(name)
        if page is None:
            page = self.pages[name] = self._factories[name]()
            page.navigate.connect(lambda target, carried: self.go(target, **carried))
            self.stack.addWidget(page)
        before = self.page()
        if before is not None and before is not page:
            before.leave()
            self.top.search.clear()  # a question left standing would look like a filter of the new page
        self.current_name = name
        self.stack.setCurrentWidget(page)
        self.rail.show_current(WITHIN.get(name, name))
        self.finder.close()
        page.open(**params)
        page.focus_first()
        self.went.emit(name)

    def knows(self, name: str) -> bool:
        """True when a page of that name can be built."""
        return name in self._factories

    def page(self) -> Page | None:
        """The page in sight."""
        return self.pages.get(self.current_name)

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
        self.top.badge.setToolTip(state.detail)
        self.top.badge.setAccessibleDescription(state.detail)

    def press_primary(self) -> None:
        """Press the filled button of the page in sight, as Ctrl+Enter does."""
        page = self.page()
        button = page.primary if page is not None else None
        if button is not None and button.isVisible() and button.isEnabled():
            button.click()

    def close_panels(self) -> None:
        """Esc: close results and banner, never lose text."""
        self.finder.close()
        if self.banner.close_button.isVisible():
            self.banner.dismiss()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep toast and results in place."""
        super().resizeEvent(event)
        self.toast.place()
        self.finder.place()

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
        self.finder.left.connect(self._into_page)
        self.finder.opened.connect(self._open_hit)

    def _open_hit(self, key: str) -> None:
        name, _, rest = key.partition(":")
        self.go(name, key=rest)

    def _into_page(self) -> None:
        self.finder.close()
        page = self.page()
        last = page.focusWidget() if page is not None else None
        if last is not None and last.isVisible() and last.isEnabled():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is not None:
            page.focus_first()

    def _say(self, notice: notices.Notice) -> None:
        if notice.kind is notices.Kind.SAVED:
            self.toast.say(notice.words, notice.button, notice.act)
        elif notice.kind is notices.Kind.CLEAR:
            self.banner.take_back(notice.topic)
        else:
            self.banner.announce(
                News(
                    notice.kind.value,
                    notice.words,
                    notice.button,
                    notice.act,
                    closable=notice.closable,
                    topic=notice.topic,
                )
            )


def _offered(pages: Container[str]) -> tuple[tuple[str, str], ...]:
    """The user menu without what leads nowhere in this window, and without dividers side by side."""
    kept = [one for one in MENU if one[0] not in NEEDS or NEEDS[one[0]] in pages]
    pairs = zip(kept, [*kept[1:], ("", "")], strict=True)
    return tuple(one for one, after in pairs if one[0] or after[0])
