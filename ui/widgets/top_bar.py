"""The top bar: search, where the work is kept, who is working, and the lock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from ui import theme
from ui.widgets.search_box import SearchBox
from ui.widgets.words import Button, set_tone


class Line(StrEnum):
    """What stood between this computer and the county when it was last tried."""

    OPEN = "open"
    NO_NETWORK = "no network"
    LOGIN = "login page"
    BUSY = "busy"
    NOT_PROVEN = "not proven"
    WRONG_ADDRESS = "wrong address"
    CUT = "cut"
    STOPPED = "stopped"  # by a refusal or a fault: not tried again by itself


@dataclass(frozen=True)
class Badge:
    """What the sync badge says; `short` is used at the largest letters."""

    words: str
    tone: str
    icon: str
    short: str = ""


@dataclass(frozen=True)
class SyncState:
    """What the badge is worded from. `sending` is (number, of how many) while a transfer runs."""

    waiting: int | None = 0  # None: could not be counted
    line: Line = Line.OPEN
    sending: tuple[int, int] | None = None
    conflicts: int = 0
    returned: int = 0
    disabled: bool = False
    files: int = 0  # photos and scans the county has not got
    overdue_days: int = 0  # for which the oldest has waited, once that is too long
    heard: str = ""  # when the county last had everything, in words

    @property
    def detail(self) -> str:
        """What the badge has no room for: how much waits, and when the county last had everything."""
        waits = _tr("{n} 条等着上传。").format(n=self.waiting) if self.waiting else ""
        return waits + self.heard


def badge_for(state: SyncState) -> Badge:
    """The one thing worth saying, gravest first: stopped, returned, to decide, sending, overdue, the line."""
    if state.disabled:
        return Badge(_tr("这台电脑被停用了"), "bad", "warn", _tr("停用了"))
    if state.returned:
        return Badge(
            _tr("县里退回 {n} 条").format(n=state.returned),
            "bad",
            "warn",
            _tr("退回 {n} 条").format(n=state.returned),
        )
    if state.conflicts:
        return Badge(_tr("{n} 处要您定").format(n=state.conflicts), "warn", "swap")
    if state.sending:
        number, total = state.sending
        return Badge(_tr("正在传 {number}/{total}").format(number=number, total=total), "info", "sync")
    if state.waiting is None:
        return Badge(_tr("数不出还有几条没传"), "warn", "warn", _tr("数不出来"))
    if state.overdue_days and state.waiting:
        words = _tr("{n} 条没传，最早的等了 {days} 天").format(n=state.waiting, days=state.overdue_days)
        return Badge(words, "bad", "warn", _tr("{days} 天没传").format(days=state.overdue_days))
    if state.line is not Line.OPEN:
        return _line_badge(state.line, state.waiting)
    if state.waiting:
        words = _tr("{n} 条等着上传").format(n=state.waiting)
        return Badge(words, "warn", "wait", _tr("{n} 条没传").format(n=state.waiting))
    if state.files:
        words = _tr("{n} 张照片等着上传").format(n=state.files)
        return Badge(words, "warn", "wait", _tr("{n} 张没传").format(n=state.files))
    return Badge(_tr("全部传好了"), "ok", "check")


def _line_badge(line: Line, waiting: int) -> Badge:
    """What stands in the way, and how much waits behind it."""
    what, idle, waits, tone, icon = {
        Line.NO_NETWORK: (_tr("没有网"), _tr("照常用"), _tr("{n} 条等着传"), "neutral", "nowifi"),
        Line.CUT: (_tr("断了"), _tr("照常用"), _tr("{n} 条等着传"), "neutral", "nowifi"),
        Line.BUSY: (_tr("县里忙"), _tr("照常用"), _tr("{n} 条过会儿自己传"), "neutral", "wait"),
        Line.LOGIN: (_tr("被登录页拦住了"), "", _tr("{n} 条没传"), "warn", "warn"),
        Line.NOT_PROVEN: (_tr("对方不像是县里"), "", _tr("{n} 条没传"), "warn", "warn"),
        Line.WRONG_ADDRESS: (_tr("地址不是县里的"), "", _tr("{n} 条没传"), "warn", "warn"),
        Line.STOPPED: (_tr("停下来了"), _tr("点开看看"), _tr("{n} 条没传"), "warn", "warn"),
    }[line]
    rest = waits.format(n=waiting) if waiting else idle
    return Badge(_tr("，").join(filter(None, (what, rest))), tone, icon, what)


class TopBar(QWidget):
    """Search, badge, user menu, lock. `menu_chosen` carries the key given to `set_menu`."""

    sync_pressed = Signal()
    lock_pressed = Signal()
    menu_chosen = Signal(str)

    def __init__(self, worker: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.soft(16), 0, theme.soft(16), 0)
        row.setSpacing(theme.soft(12))
        self.search = SearchBox("", self.tr("找人、找户、找单子"))
        self.badge = Button("", "badge", "check")
        self.user = Button(worker, "user", "user")
        self.user.setAccessibleName(self.tr("{worker}，设置和帮助").format(worker=worker))
        self.menu = QMenu(self.user)
        self.user.setMenu(self.menu)
        self.lock = Button(self.tr("锁屏"), "small", "lock")
        self.lock.setToolTip("Ctrl+L")
        row.addWidget(self.search, 1)
        for button in (self.badge, self.user, self.lock):
            row.addWidget(button)
        self.badge.clicked.connect(self.sync_pressed)
        self.lock.clicked.connect(self.lock_pressed)
        # Nobody has counted yet: not green before it is known.
        self._badge = Badge(_tr("正在数还有几条"), "neutral", "wait", _tr("正在数"))
        self._fit()

    def close_search(self) -> None:
        """Nothing can be looked for; what stands beside it stays where it is."""
        policy = self.search.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.search.setSizePolicy(policy)
        self.search.hide()

    def set_badge(self, badge: Badge) -> None:
        """Say where the work is."""
        self._badge = badge
        self._fit()

    def set_menu(self, entries: tuple[tuple[str, str], ...]) -> None:
        """Fill the user menu with (key, word) pairs; ("", "") is a divider."""
        self.menu.clear()
        for key, word in entries:
            if not key:
                self.menu.addSeparator()
                continue
            action = QAction(self.tr(word), self.menu)
            action.triggered.connect(lambda _checked=False, key=key: self.menu_chosen.emit(key))
            self.menu.addAction(action)

    def changeEvent(self, event: QEvent) -> None:
        """Shorter words at the largest letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_badge"):
            self._fit()

    def _fit(self) -> None:
        extra = theme.current().size is theme.Size.EXTRA
        plain = theme.current().size is theme.Size.STANDARD
        self.setFixedHeight(theme.soft(68))
        long = self.tr("找人、找户、找单子：输拼音首字母，如 lgy")
        self.search.setPlaceholderText(long if plain else self.tr("找人找户，如 lgy"))
        self.badge.setText(self._badge.short if extra and self._badge.short else self._badge.words)
        self.badge.setAccessibleName(self._badge.words)
        set_tone(self.badge, tone=self._badge.tone)
        self.badge.set_icon(self._badge.icon)


def _tr(words: str) -> str:
    return QCoreApplication.translate("TopBar", words)
