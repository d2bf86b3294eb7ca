"""What has waited for the county too long is red on 今日, on 同步 and on the badge, until it is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.change import Outcome
from app.domain.county_terms import UNSENT_DAYS
from app.domain.problem import Offline
from sync.client.rounds import Round
from sync.client.syncer import SyncReport
from tests.desks import Clock
from tests.ui.laptop import asked, go, keep
from tests.ui.test_sync_page import badge, call_her, page_of, send
from ui.bootstrap import Program
from ui.forms.syncing.aside_words import aside_words
from ui.forms.syncing.sync_words import unusual_words, went_words
from ui.pages.today import TodayPage
from ui.widgets.unlock_side import UnlockSide, Unsent


def wait_days(program: Program, days: int) -> None:
    assert isinstance(program.clock, Clock)
    program.clock.forward(days=days)
    asked(program, lambda desk: call_her(desk, "15400001111"))


def today_of(program: Program) -> TodayPage:
    go(program, "today")
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, TodayPage)
    assert program.tasks.wait_idle()
    return page


def test_it_is_red_everywhere_until_it_is_there(program: Program, qtbot: QtBot) -> None:
    wait_days(program, UNSENT_DAYS + 1)
    today = today_of(program)
    qtbot.waitUntil(today.overdue.isVisible)
    keep(program, "overdue-today")
    assert f"最早的等了 {UNSENT_DAYS + 1} 天" in today.overdue.lead.text()
    qtbot.waitUntil(lambda: f"最早的等了 {UNSENT_DAYS + 1} 天" in badge(program))
    qtbot.mouseClick(today.go_send, Qt.MouseButton.LeftButton)
    page = page_of(program)
    qtbot.waitUntil(page.card.overdue.isVisible)
    keep(program, "overdue-sync")
    assert "没传成" in page.card.overdue.text.text()
    send(program, qtbot, page)
    qtbot.waitUntil(lambda: not page.card.overdue.isVisible())
    qtbot.waitUntil(lambda: badge(program) == "全部传好了")
    assert not today_of(program).overdue.isVisible()


def test_a_day_less_is_no_alarm(program: Program, qtbot: QtBot) -> None:
    wait_days(program, UNSENT_DAYS - 1)
    today = today_of(program)
    assert not today.overdue.isVisible()
    qtbot.waitUntil(lambda: badge(program).endswith("条等着上传"))


def test_what_was_unusual_stays_said_on_the_page_until_the_lock(program: Program, qtbot: QtBot) -> None:
    page = page_of(program)
    send(program, qtbot, page)
    assert page.card.unusual.isHidden()
    gone = Round(program.clock(), SyncReport(apart=True))
    program.courier.rounds = (*program.courier.rounds, gone)
    send(program, qtbot, page)
    qtbot.waitUntil(page.card.unusual.isVisible)
    keep(program, "unusual")
    assert page.card.unusual.lead.text() == "这份资料别处还有一份在用，已经分开。"


def test_the_gravest_of_what_was_unusual_is_said() -> None:
    reread, restored = SyncReport(reread=("439901101201",)), SyncReport(lives=1)
    assert unusual_words([Offline("没有网"), SyncReport()]) == ("", "")
    assert unusual_words([reread])[0] == "跟县里重新对过一遍。"
    assert unusual_words([reread, restored])[0] == "县里的资料从备份恢复过，这边帮着补了一遍。"


def test_what_a_stopped_computer_handed_in_has_its_own_words() -> None:
    assert aside_words(Outcome.QUARANTINED, "late") == "这台电脑停用以后交上去的，等镇里看。"


@pytest.mark.parametrize(
    ("unsent", "words"),
    [
        (Unsent(3), "有 3 条等着上传，锁着也不会丢"),
        (Unsent(0, 2), "有 2 张照片等着上传，锁着也不会丢"),
        (Unsent(3, 2), "有 3 条、2 张照片等着上传，锁着也不会丢"),
        (Unsent(0), ""),
        (None, ""),
    ],
)
def test_the_lock_says_what_waits_photos_too(qtbot: QtBot, unsent: Unsent | None, words: str) -> None:
    side = UnlockSide("青石垭村", unsent)
    qtbot.addWidget(side)
    said = [label.text() for label in side.findChildren(QLabel) if "等着上传" in label.text()]
    assert said == ([words] if words else [])


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (SyncReport(done=2, received=3), "传去 2 条，收来 3 条"),
        (SyncReport(reread=("439901101201",)), "传去 0 条，收来 0 条，跟县里重新对过一遍"),
        (SyncReport(apart=True), "传去 0 条，收来 0 条，这份资料别处还有一份在用，已经分开"),
    ],
)
def test_a_round_says_what_was_unusual_about_it(report: SyncReport, words: str) -> None:
    assert went_words(report) == words
