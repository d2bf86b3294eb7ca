"""M-17: she is told that the clock is wrong, works on as ever, and is told no longer once it is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.paths import Paths
from tests.desks import Clock
from tests.facts import NOW
from tests.sync.county import AT, County
from tests.ui.laptop import asked, enrolled, go, running, unlock
from ui import clock_watch, notices
from ui.bootstrap import Program
from ui.clock_watch import ClockWatch, since_boot
from ui.widgets.banner import Banner

LONG_AGO = datetime.fromisoformat("2019-01-01T08:00:00+08:00")
EARLY = (
    "电脑的日子比上次还早（2019-01-01，上次是 2026-11-20）。"
    "时限会算错，记的都在。到电脑的「日期和时间」里改对，这一条自己就没了。"
)


@pytest.fixture
def paths(tmp_path: Path, county_server: County) -> Paths:
    return enrolled(tmp_path, county_server.enrol().identity)


@pytest.fixture
def program(look: QApplication, paths: Paths) -> Iterator[Program]:
    with running(look, paths) as made:
        yield made


def clock_of(program: Program) -> Clock:
    clock = program.clock
    assert isinstance(clock, Clock)
    return clock


def watch_of(program: Program) -> ClockWatch:
    assert program.inside is not None
    return program.inside.clock


def banner_of(program: Program) -> Banner:
    assert program.window.workspace is not None
    return program.window.workspace.banner


def looked(program: Program) -> Banner:
    watch_of(program).look()
    assert program.tasks.wait_idle()
    return banner_of(program)


def begin(program: Program, at: datetime) -> Banner:
    clock_of(program).at = at
    unlock(program)
    assert program.tasks.wait_idle()
    return banner_of(program)


def test_a_clock_before_the_last_work_is_told_until_it_is_right(program: Program) -> None:
    banner = begin(program, LONG_AGO)
    assert not banner.isHidden()
    assert banner.lead.text() == EARLY
    clock_of(program).at = NOW + timedelta(days=1)
    assert looked(program).isHidden()


def test_work_goes_on_under_a_wrong_clock(program: Program) -> None:
    begin(program, LONG_AGO)

    def work(desk: object) -> None:
        with desk.unit("note") as unit:  # type: ignore[attr-defined]  # the desk behind the tasks
            unit.audit("look", "x")

    asked(program, work)
    go(program, "households")
    assert program.window.workspace is not None
    assert program.window.workspace.current_name == "households"
    assert banner_of(program).lead.text() == EARLY


def test_what_she_has_closed_stays_closed(program: Program) -> None:
    banner = begin(program, LONG_AGO)
    banner.close_button.click()
    assert looked(program).isHidden()


def test_a_clock_the_county_contradicts_is_told_and_mended(program: Program, qtbot: QtBot) -> None:
    begin(program, NOW + timedelta(days=100))
    # What else is said under such a clock: that there has been no backup for a hundred days.
    assert "电脑的日子" not in banner_of(program).lead.text(), "nobody contradicts it yet"
    with qtbot.waitSignal(program.courier.changed, timeout=10_000):
        program.courier.now()
    assert program.tasks.wait_idle()
    assert banner_of(program).lead.text().startswith("电脑的日子（2027-02-28）和县里的（2026-11-20）对不上。")
    clock_of(program).at = AT + timedelta(hours=2)
    assert "电脑的日子" not in looked(program).lead.text(), "also though lines were written ahead"


def test_the_county_s_time_goes_on_while_nobody_asks_it(program: Program, qtbot: QtBot) -> None:
    begin(program, NOW)
    watch, seconds = watch_of(program), [0.0]
    watch._seconds = lambda: seconds[0]
    with qtbot.waitSignal(program.courier.changed, timeout=10_000):
        program.courier.now()
    clock_of(program).forward(days=9)
    seconds[0] = 9 * 86_400.0
    assert looked(program).isHidden()
    assert since_boot() > 0


def test_other_news_under_it_comes_back_when_the_clock_is_right(program: Program) -> None:
    clock_of(program).at = LONG_AGO
    unlock(program)
    notices.warn("政策包有毛病，没有用上。")
    banner = banner_of(program)
    assert banner.lead.text() == "政策包有毛病，没有用上。"
    banner.close_button.click()
    assert banner.lead.text() == EARLY
    notices.warn("电脑快满了。")
    clock_of(program).at = NOW
    assert looked(program).lead.text() == "电脑快满了。"
    banner.close_button.click()
    assert banner.isHidden()


def test_windows_opens_the_place_where_the_clock_is_set(
    look: QApplication, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(clock_watch, "ON_WINDOWS", True)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)) or True)
    with running(look, paths) as program:
        banner = begin(program, LONG_AGO)
        assert banner.action.text() == "去改时间"
        banner.action.click()
    assert opened == [QUrl("ms-settings:dateandtime")]
