"""While a round runs the page says what goes, by kind and in bytes, and ends it when she says so."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.sync_state import SyncState, sync_state
from app.store.files_waiting import FilesLeft
from sync.client.progress import Progress
from tests.sync.county import County
from tests.sync.meter import Meter
from tests.ui.laptop import asked, keep
from tests.ui.test_sync_page import WAIT_MS, badge, elsewhere, page_of, send
from ui import theme
from ui.bootstrap import Program
from ui.forms.syncing.going import bytes_words, kinds_words, receiving_words
from ui.forms.syncing.speed import Speed

SHAPES = {"wide": (1366, 768), "narrow": (1024, 640)}


def test_it_says_what_goes_and_stops_in_the_middle_of_it(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    page = page_of(program)
    before = asked(program, sync_state)
    going = page.card.going
    with Meter(county_server.url, still_up=1_500) as line:
        elsewhere(program, line.url)
        page.card.now_button.click()
        qtbot.waitUntil(lambda: line.still.is_set() and going.bar.isVisible(), timeout=WAIT_MS)
        qtbot.waitUntil(going.slow.isVisible, timeout=WAIT_MS)
        assert going.said.text() == f"正在送：{kinds_words(before)}"
        assert "首访单" in going.said.text()
        assert going.bar.label.text().startswith("已送 ")
        assert 0 < going.bar.bar.value() <= going.bar.bar.maximum()
        assert going.slow.text() == "线上这会儿没动静，还在等。断了也不要紧，下次接着传。"
        for name, size in SHAPES.items():
            program.window.resize(*size)
            keep(program, f"going-{name}")
        with qtbot.waitSignal(program.courier.changed, timeout=WAIT_MS) as ended:
            page.card.stop_button.click()
        assert ended.args is not None
        assert ended.args[0].stopped
        line.stop()
    assert not going.isVisible()
    qtbot.waitUntil(lambda: badge(program) == f"{before.waiting} 条等着上传", timeout=WAIT_MS)
    elsewhere(program, county_server.url)
    send(program, qtbot, page)
    assert asked(program, sync_state).waiting == 0


def test_the_largest_letters_have_room_for_it(
    look: QApplication, program: Program, qtbot: QtBot, county_server: County
) -> None:
    theme.apply(look, theme.Theme(theme.Size.EXTRA))
    page = page_of(program)
    with Meter(county_server.url, still_up=1_500) as line:
        elsewhere(program, line.url)
        page.card.now_button.click()
        qtbot.waitUntil(page.card.going.slow.isVisible, timeout=WAIT_MS)
        for name, (wide, high) in SHAPES.items():
            program.window.resize(wide, high)
            keep(program, f"going-extra-{name}")
            look.processEvents()
            label = page.card.going.bar.label
            assert "千字节" in label.text()
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        with qtbot.waitSignal(program.courier.changed, timeout=WAIT_MS):
            page.card.stop_button.click()
        line.stop()


def test_kinds_are_said_in_her_words_with_their_measures() -> None:
    state = SyncState(
        6, (("走访", 3), ("首访单", 1), ("住户", 2)), None, (), "439901", FilesLeft(files=4, whole=2, size=9)
    )
    assert kinds_words(state) == "走访 3 条、首访单 1 件、住户 2 户、照片 2 张"


def test_what_comes_is_said_once_nothing_is_left_to_send() -> None:
    assert receiving_words(Progress(3, 3, 0)) == "正在问县里有没有新的"
    assert receiving_words(Progress(3, 3, 41)) == "记的都送到了，正在收别处写的：已收 41 条"
    said = receiving_words(Progress(3, 3, 41, coming=1200))
    assert said == "记的都送到了，正在收别处写的：已收 41 条，还有 1200 条"
    assert bytes_words(120_000, 340_000, 0) == "已送 0.1 兆，共约 0.3 兆"
    assert bytes_words(12_000, 34_000, 85_000) == "已送 12 千字节，共约 34 千字节；已收 85 千字节"


def test_a_slow_line_is_said_to_be_slow_and_a_usual_one_is_not() -> None:
    usual, slow = Speed(), Speed()
    for tick in range(30):
        now = tick * 0.5
        assert usual.look(now, int(now * 16_000)) == ""
        said = slow.look(now, int(now * 3_000))
    assert said == "线很慢，一秒大约 3 千字节。在慢慢传，您接着干活。"
    for tick in range(30, 45):
        said = slow.look(tick * 0.5, 43_500)
    assert said == "线上这会儿没动静，还在等。断了也不要紧，下次接着传。"
    slow.begin()
    assert slow.look(100.0, 0) == ""
