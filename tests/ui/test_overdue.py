"""What has waited for the county too long is red on 今日, on 同步 and on the badge, until it is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.county_terms import UNSENT_DAYS
from sync.client.syncer import SyncReport
from tests.desks import Clock
from tests.ui.laptop import asked, go, keep
from tests.ui.test_sync_page import badge, call_her, page_of, send
from ui.bootstrap import Program
from ui.forms.syncing.sync_words import went_words
from ui.pages.today import TodayPage


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
