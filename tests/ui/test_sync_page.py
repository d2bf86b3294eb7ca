"""Sync as the worker sees it, against a real county: what waits, what is sent, what is in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk as WorkDesk
from app.actions.sync_state import sync_state
from app.domain.people.person import Person
from sync.protocol.limits import MESSAGE_TYPE, PROTOCOL_HEADER
from sync.server import devices
from sync.server.postgres import connect
from tests.facts import GRANNY
from tests.sync.county import AT, County
from tests.sync.desk import Desk
from tests.sync.line import Behaviour, Line, says
from tests.ui.laptop import asked, go, unlock
from ui import notices
from ui.bootstrap import Program
from ui.pages.sync import SyncPage

WAIT_MS = 10_000
COUNTY = {"Content-Type": MESSAGE_TYPE, PROTOCOL_HEADER: "1"}
LOGIN = "<html><body>请先登录上网</body></html>".encode()


def page_of(program: Program) -> SyncPage:
    go(program, "sync")
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert isinstance(page, SyncPage)
    return page


def badge(program: Program) -> str:
    assert program.window.workspace is not None
    return program.window.workspace.top.badge.text()


def send(program: Program, qtbot: QtBot, page: SyncPage) -> None:
    with qtbot.waitSignal(program.courier.changed, timeout=WAIT_MS):
        page.card.now_button.click()
    assert program.tasks.wait_idle()


def elsewhere(program: Program, url: str) -> None:
    """The county's address leads somewhere else from now on."""
    program.courier.server = url


def test_the_badge_goes_from_waiting_over_sending_to_all_sent(program: Program, qtbot: QtBot) -> None:
    page = page_of(program)
    waiting = asked(program, sync_state).waiting
    assert waiting
    qtbot.waitUntil(lambda: badge(program) == f"{waiting} 条等着上传", timeout=WAIT_MS)
    assert page.card.lead.text() == f"{waiting} 条等着上传"
    said: list[str] = []
    program.courier.progressed.connect(lambda _one: said.append(badge(program)))
    send(program, qtbot, page)
    assert any(one.startswith("正在传") for one in said)
    qtbot.waitUntil(lambda: badge(program) == "全部传好了", timeout=WAIT_MS)
    assert page.card.lead.text() == "全部传好了，县里已收到。"
    assert len(page.side.lines) == 1
    page.side.show_rounds(program.courier.rounds)
    assert page.side.lines[0].isVisible(), "at once: an empty card would flash"
    assert page.card.now_button.isEnabled()
    assert not page.card.stop_button.isVisible()


def test_what_waits_is_told_by_kind(program: Program) -> None:
    page = page_of(program)
    assert {chip.text.split()[0] for chip in page.card.chips} >= {"住户", "人", "首访单", "回访"}


def test_without_a_county_the_work_stays_and_the_words_are_calm(program: Program, qtbot: QtBot) -> None:
    page = page_of(program)
    before = asked(program, sync_state).waiting
    elsewhere(program, "http://127.0.0.1:9")
    with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS), notices.recorded() as heard:
        page.card.now_button.click()
    assert program.tasks.wait_idle()
    assert page.card.trouble.lead.text() == "没有网，照常用。"
    assert not page.card.browser_button.isVisible()
    assert heard == []
    assert asked(program, sync_state).waiting == before


def test_a_login_page_in_the_way_is_opened_in_the_browser(program: Program, qtbot: QtBot) -> None:
    page = page_of(program)
    opened: list[str] = []
    page._browse = lambda url: bool(opened.append(url.toString())) or True
    with Line().then(says(200, LOGIN, **{"Content-Type": "text/html"})) as line:
        elsewhere(program, line.url)
        with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS):
            page.card.now_button.click()
        assert page.card.trouble.lead.text() == "连上了网，但被登录页拦住了。"
        page.card.browser_button.click()
        assert opened == [line.url]


HTML = {"Content-Type": "text/html"}


@pytest.mark.parametrize(
    ("behaviour", "words", "lead", "went"),
    [
        (says(200, LOGIN, **HTML), "被登录页拦住了，{n} 条没传", "连上了网，但被登录页拦住了。", "要先登录"),
        (says(503, LOGIN, **HTML), "县里忙，{n} 条过会儿自己传", "县里的机器忙，不怪您。", "县里忙"),
        (
            says(404, LOGIN, **HTML),
            "地址不是县里的，{n} 条没传", "连上了网，但这个地址不是县里的。", "地址不是县里的",
        ),
        (
            says(200, b"?", **COUNTY),
            "停下来了，{n} 条没传", "传送的格式不对，资料没有动。请把这一句报给县里。", "停下来了",
        ),
    ],
    ids=["login", "busy", "address", "nonsense"],
)  # fmt: skip
def test_what_stands_in_the_way_is_said_alike_on_badge_and_page(
    program: Program, qtbot: QtBot, behaviour: Behaviour, words: str, lead: str, went: str
) -> None:
    page = page_of(program)
    waiting = asked(program, sync_state).waiting
    with Line().then(behaviour) as line, notices.recorded():
        elsewhere(program, line.url)
        with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS):
            page.card.now_button.click()
        qtbot.waitUntil(lambda: badge(program) == words.format(n=waiting), timeout=WAIT_MS)
        go(program, "today")
        page = page_of(program)
    assert page.card.trouble.lead.text() == lead
    assert not page.card.trouble.isHidden()
    assert page.card.lead.text() == f"{waiting} 条等着上传"
    assert went in [label.text() for label in page.side.lines[0].findChildren(QLabel)]


def test_a_line_that_is_open_again_takes_the_trouble_away(program: Program, qtbot: QtBot) -> None:
    page = page_of(program)
    good = program.courier.server
    elsewhere(program, "http://127.0.0.1:9")
    with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS):
        page.card.now_button.click()
    assert not page.card.trouble.isHidden()
    elsewhere(program, good)
    send(program, qtbot, page)
    assert page.card.trouble.isHidden()
    qtbot.waitUntil(lambda: badge(program) == "全部传好了", timeout=WAIT_MS)


def test_one_count_is_said_everywhere(program: Program, qtbot: QtBot) -> None:
    """A ticket and its steps are one matter for the worker: badge, rail, page, progress and lock agree."""
    page = page_of(program)
    state = asked(program, sync_state)
    assert asked(program, lambda desk: desk.store.ledger.waiting()) > state.waiting, "some matters have steps"
    assert program.window.workspace is not None
    rail = program.window.workspace.rail
    qtbot.waitUntil(lambda: badge(program) == f"{state.waiting} 条等着上传", timeout=WAIT_MS)
    assert rail.buttons["sync"].count == state.waiting
    assert page.card.lead.text() == f"{state.waiting} 条等着上传"
    program.lock()
    gate = program.window.centralWidget()
    said = [label.text() for label in gate.findChildren(QLabel)]
    assert f"有 {state.waiting} 条等着上传，锁着也不会丢" in said
    unlock(program)
    page, sent = page_of(program), []
    program.courier.progressed.connect(lambda one: sent.append((one.sent, one.total)))
    send(program, qtbot, page)
    assert sent[-1] == (state.waiting, state.waiting)
    texts = [label.text() for label in page.side.lines[0].findChildren(QLabel)]
    assert any(text.startswith(f"传去 {state.waiting} 条，收来") for text in texts)


def test_the_lock_counts_what_was_saved_a_moment_ago(program: Program) -> None:
    before = asked(program, sync_state).waiting
    asked(program, lambda desk: call_her(desk, "15400001111"))
    now = asked(program, sync_state).waiting
    program.lock()
    texts = [label.text() for label in program.window.centralWidget().findChildren(QLabel)]
    assert now >= before
    assert f"有 {now} 条等着上传，锁着也不会丢" in texts


def test_a_stopped_computer_says_so_and_keeps_everything(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    device = asked(program, lambda desk: desk.store.meta.device().device)
    with connect(county_server.database) as connection:
        devices.revoke(connection, device, AT)
    page = page_of(program)
    before = asked(program, sync_state).waiting
    with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS), notices.recorded():
        page.card.now_button.click()
    qtbot.waitUntil(lambda: program.window.workspace is None, timeout=WAIT_MS)
    unlock(program)
    page = page_of(program)
    with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS), notices.recorded():
        page.card.now_button.click()
    assert program.tasks.wait_idle()
    assert page.card.trouble.lead.text().startswith("这台电脑被停用了")
    assert badge(program) == "这台电脑被停用了"
    assert asked(program, sync_state).waiting == before


def test_locking_in_the_middle_of_a_round_leaves_nothing_open_and_loses_nothing(
    program: Program, qtbot: QtBot
) -> None:
    page = page_of(program)
    before = asked(program, sync_state).waiting
    page.card.now_button.click()
    program.lock()
    assert program.inside is None
    assert program.window.workspace is None
    unlock(program)
    page = page_of(program)
    assert asked(program, sync_state).waiting in (0, before)
    send(program, qtbot, page)
    assert asked(program, sync_state).waiting == 0


def test_a_round_that_is_stopped_can_be_gone_on_with(program: Program, qtbot: QtBot) -> None:
    page = page_of(program)
    with qtbot.waitSignals([program.courier.changed], timeout=WAIT_MS):
        page.card.now_button.click()
        assert page.card.stop_button.isVisible()
        page.card.stop_button.click()
    send(program, qtbot, page)
    assert asked(program, sync_state).waiting == 0


def test_what_two_wrote_differently_stays_and_leads_to_where_it_is_settled(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    page = page_of(program)
    send(program, qtbot, page)
    other = Desk(county_server)
    other.sync()
    other.edit(GRANNY, "person", phone="15400002222")
    other.sync()
    asked(program, lambda desk: call_her(desk, "15400001111"))
    send(program, qtbot, page)
    qtbot.waitUntil(lambda: badge(program) == "1 处要您定", timeout=WAIT_MS)
    row = page.side.rows.rows()[0]
    assert (row.title, row.chip) == ("蒋桂英：人", "写得不一样")
    page.side.rows.opened.emit(row.key)
    assert program.tasks.wait_idle()
    assert program.window.workspace is not None
    assert program.window.workspace.current_name == "conflicts"


def call_her(desk: WorkDesk, phone: str) -> None:
    with desk.unit("phone") as unit:
        unit.save(replace(desk.store.reading.get(Person, GRANNY), phone=phone))
