"""The window: places by key, search from anywhere, and nothing left on the glass once it is locked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui import notices, theme
from ui.pages.first_start import EnrolGate, FirstStart
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.hits import Hits
from ui.widgets.rows import Row
from ui.widgets.text import LineBox
from ui.widgets.top_bar import Line, SyncState, TopBar, badge_for
from ui.widgets.words import Button, words
from ui.window import CLIENT, MainWindow
from ui.workspace import ENTRIES, Workspace

Alt, Ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
BUILT: list[str] = []


class Plain(Page):
    """A page that remembers what it was asked."""

    def __init__(self, tasks: Tasks, name: str) -> None:
        super().__init__(tasks)
        BUILT.append(name)
        self.opened: list[dict[str, Any]] = []
        self.times_left, self.pressed = 0, 0
        self.set_title(name)
        self.body.addWidget(words("李桂英家"))
        self.box = LineBox()
        self.box.setAccessibleName("原话")
        self.body.addWidget(self.box)
        self.primary = Button("存好", "main")
        self.primary.clicked.connect(self._press)
        self.body.addWidget(self.primary)

    def open(self, **params: Any) -> None:
        self.opened.append(params)

    def leave(self) -> None:
        self.times_left += 1

    def _press(self) -> None:
        self.pressed += 1


def search(query: str, show: Any) -> None:
    rows = (
        (Row("households:h1", "李桂英", "茶园组 3号", "李", marks=((0, 3),)),)
        if query.startswith("lgy")
        else ()
    )
    show([Hits("人", rows, more=23 if rows else 0)])


@pytest.fixture
def window(qtbot: QtBot, look: QApplication, tasks: Tasks) -> Iterator[MainWindow]:
    BUILT.clear()
    made = MainWindow()
    factories = {entry.key: (lambda name=entry.key: Plain(tasks, name)) for entry in ENTRIES}
    made.show_workspace(Workspace(factories, village="青石垭村", worker="向海燕", search=search))
    assert made.workspace is not None
    made.workspace.go("today")
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    yield made
    shiboken6.delete(made)


def page(window: MainWindow) -> Plain:
    assert window.workspace is not None
    now = window.workspace.page()
    assert isinstance(now, Plain)
    return now


def test_a_page_is_built_the_first_time_it_is_visited_and_kept(window: MainWindow) -> None:
    assert BUILT == ["today"]
    window.go("households", household_id="h1")
    first = page(window)
    window.go("today")
    window.go("households")
    assert page(window) is first
    assert first.opened == [{"household_id": "h1"}, {}]
    assert BUILT == ["today", "households"]


def test_leaving_a_page_is_told_to_it(window: MainWindow) -> None:
    first = page(window)
    window.go("sync")
    assert first.times_left == 1


def test_the_places_are_reached_by_alt_and_a_digit(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workspace is not None
    for place, entry in enumerate(ENTRIES):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + place), Alt)
        assert window.workspace.current_name == entry.key
        assert window.workspace.rail.buttons[entry.key].isChecked()


def test_new_visit_ticket_and_list_have_their_keys(qtbot: QtBot, window: MainWindow) -> None:
    for key, name in ((Qt.Key.Key_N, "visits"), (Qt.Key.Key_T, "tickets"), (Qt.Key.Key_P, "checklists")):
        qtbot.keyClick(window, key, Ctrl)
        assert BUILT[-1] == name
        assert page(window).opened[-1] == {"new": True}


def test_pages_go_elsewhere_without_knowing_each_other(window: MainWindow) -> None:
    page(window).navigate.emit("tickets", {"ticket_id": "t1"})
    assert page(window).opened == [{"ticket_id": "t1"}]


def test_the_focus_begins_at_the_filled_button(window: MainWindow) -> None:
    assert window.focusWidget() is page(window).primary


def test_ctrl_enter_presses_the_filled_button(qtbot: QtBot, window: MainWindow) -> None:
    page(window).box.setFocus()
    qtbot.keyClick(page(window).box, Qt.Key.Key_Return, Ctrl)
    assert page(window).pressed == 1


def test_search_goes_from_any_page_into_results_and_back(qtbot: QtBot, window: MainWindow) -> None:
    space = window.workspace
    assert space is not None
    qtbot.keyClick(window, Qt.Key.Key_F, Ctrl)
    box = space.top.search
    assert window.focusWidget() is box
    qtbot.keyClicks(box, "lgy")
    qtbot.waitUntil(space.hits.isVisible)
    assert space.hits.line.text() == "还有 23 个，再多打一个字"
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert window.focusWidget() is space.hits.list
    qtbot.keyClick(space.hits.list, Qt.Key.Key_Up)
    assert window.focusWidget() is box
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert space.current_name == "households"
    assert page(window).opened == [{"key": "h1"}]
    assert not space.hits.isVisible()


def test_a_search_without_result_says_what_to_try(qtbot: QtBot, window: MainWindow) -> None:
    space = window.workspace
    assert space is not None
    qtbot.keyClicks(space.top.search, "zzz")
    qtbot.waitUntil(space.hits.isVisible)
    assert space.hits.line.text() == "没有叫 zzz 的。少打一个字再试。"
    qtbot.keyClick(space.top.search, Qt.Key.Key_Escape)
    assert not space.hits.isVisible()


def test_locking_destroys_every_widget_that_shows_data(window: MainWindow) -> None:
    window.go("households")
    gone = [page(window), *page(window).findChildren(QWidget)]
    asked: list[bool] = []
    window.lock_asked.connect(lambda: asked.append(True))
    assert window.workspace is not None
    window.workspace.top.lock.click()
    assert asked == [True]
    window.show_gate(words("谁来用？"))
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    QApplication.processEvents()
    assert not any(shiboken6.isValid(one) for one in gone)
    assert "李桂英家" not in [label.text() for label in window.findChildren(QLabel)]


def test_the_lock_begins_at_the_box_it_asks_for(window: MainWindow) -> None:
    start = FirstStart(cast(EnrolGate, None))
    window.show_gate(start)
    QApplication.processEvents()
    assert window.focusWidget() is start.address


def test_nothing_is_reached_by_key_while_locked(qtbot: QtBot, window: MainWindow) -> None:
    window.show_gate(words("谁来用？"))
    before = list(BUILT)
    qtbot.keyClick(window, Qt.Key.Key_2, Alt)
    qtbot.keyClick(window, Qt.Key.Key_N, Ctrl)
    assert before == BUILT


def test_letters_grow_and_shrink_at_once(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Plus, Ctrl)
    assert theme.current().size is theme.Size.LARGE
    assert page(window).box.font().pointSize() == theme.Theme(theme.Size.LARGE).points("strong")
    qtbot.keyClick(window, Qt.Key.Key_Minus, Ctrl)
    assert theme.current().size is theme.Size.STANDARD


def test_what_was_kept_is_said_in_passing_and_can_be_taken_back(window: MainWindow) -> None:
    space, undone = window.workspace, []
    assert space is not None
    notices.saved(undo=lambda: undone.append(True))
    assert space.toast.isVisible()
    assert space.toast.label.text() == "已存好。"
    space.toast.button.click()
    assert undone == [True]
    assert not space.toast.isVisible()


def test_trouble_stands_under_the_top_bar_until_it_is_closed(qtbot: QtBot, window: MainWindow) -> None:
    space = window.workspace
    assert space is not None
    notices.warn("电脑快满了，只剩 180 MB。还能写字，先别加照片。", "看哪些能清", lambda: None)
    assert space.banner.lead.text().startswith("电脑快满了")
    notices.bad("电脑的日子比上次还早（2019-01-01）。时限会算错。", closable=False)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert space.banner.isVisible()
    notices.clear()
    assert not space.banner.isVisible()


def test_a_window_that_is_gone_is_told_nothing(window: MainWindow) -> None:
    with notices.recorded() as heard:
        assert window.workspace is not None
        say = window.workspace._say
        assert say in notices._places
        window.show_gate(words("谁来用？"))
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
        assert say not in notices._places
        notices.info("政策更新了。")
    assert len(heard) == 1


def test_the_focus_ring_follows_the_focus(window: MainWindow) -> None:
    page(window).box.setFocus()
    QApplication.processEvents()
    box = page(window).box
    ring = window.ring.geometry()
    spot = box.mapTo(window, box.rect().topLeft())
    assert ring.topLeft().x() == spot.x() - 5
    assert ring.width() == box.width() + 10
    assert window.ring.isVisible()


@pytest.mark.parametrize("size", list(theme.Size))
def test_the_window_fits_an_office_screen(look: QApplication, tasks: Tasks, size: theme.Size) -> None:
    theme.apply(look, theme.Theme(size))
    factories = {entry.key: (lambda name=entry.key: Plain(tasks, name)) for entry in ENTRIES}
    space = Workspace(factories, village="青石垭村", worker="买买提·阿不都热合曼")
    space.set_sync(SyncState(waiting=128, line=Line.LOGIN))
    space.go("today")
    least = space.minimumSizeHint()
    assert least.width() <= CLIENT[0]
    assert least.height() <= CLIENT[1]
    shiboken6.delete(space)


@pytest.mark.parametrize(
    ("state", "said", "tone"),
    [
        (SyncState(), "全部传好了", "ok"),
        (SyncState(waiting=6), "6 条等着上传", "warn"),
        (SyncState(waiting=6, overdue_days=9), "6 条没传，最早的等了 9 天", "bad"),
        (SyncState(files=3), "3 张照片等着上传", "warn"),
        (SyncState(waiting=6, line=Line.NO_NETWORK), "没有网，6 条等着传", "neutral"),
        (SyncState(line=Line.NO_NETWORK), "没有网，照常用", "neutral"),
        (SyncState(waiting=6, line=Line.CUT), "断了，6 条等着传", "neutral"),
        (SyncState(waiting=6, line=Line.BUSY), "县里忙，6 条过会儿自己传", "neutral"),
        (SyncState(line=Line.BUSY), "县里忙，照常用", "neutral"),
        (SyncState(waiting=6, line=Line.LOGIN), "被登录页拦住了，6 条没传", "warn"),
        (SyncState(line=Line.LOGIN), "被登录页拦住了", "warn"),
        (SyncState(waiting=6, line=Line.NOT_PROVEN), "对方不像是县里，6 条没传", "warn"),
        (SyncState(waiting=6, line=Line.WRONG_ADDRESS), "地址不是县里的，6 条没传", "warn"),
        (SyncState(waiting=6, line=Line.STOPPED), "停下来了，6 条没传", "warn"),
        (SyncState(waiting=None, line=Line.NO_NETWORK), "数不出还有几条没传", "warn"),
        (SyncState(waiting=6, sending=(4, 6)), "正在传 4/6", "info"),
        (SyncState(waiting=6, conflicts=2), "2 处要您定", "warn"),
        (SyncState(conflicts=2, returned=1), "县里退回 1 条", "bad"),
        (SyncState(waiting=None), "数不出还有几条没传", "warn"),
        (SyncState(returned=1, disabled=True), "这台电脑被停用了", "bad"),
    ],
)
def test_the_badge_says_the_gravest_thing_in_words(state: SyncState, said: str, tone: str) -> None:
    badge = badge_for(state)
    assert (badge.words, badge.tone) == (said, tone)


def test_the_badge_is_not_green_before_anybody_counted(look: QApplication) -> None:
    bar = TopBar("向海燕")
    assert bar.badge.text() == "正在数还有几条"


def test_what_the_badge_has_no_room_for_is_told_beside_it(window: MainWindow) -> None:
    assert window.workspace is not None
    window.workspace.set_sync(SyncState(waiting=6, returned=1, heard="上次通到县里：11月20日 14:32"))
    assert window.workspace.top.badge.toolTip() == "6 条等着上传。上次通到县里：11月20日 14:32"
