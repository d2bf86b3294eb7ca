"""The county stops a computer: what is in sight goes, nothing unsent is lost, a new enrolment opens all."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.protocol.stopped import Stopped
from sync.server import devices
from sync.server.postgres import connect
from tests.sync.county import AT, County
from tests.ui.laptop import asked, go, keep, unlock
from tests.ui.test_sync_page import call_her, page_of, send
from ui.bootstrap import Program

WAIT_MS = 10_000


def failed(program: Program, qtbot: QtBot) -> None:
    page = page_of(program)
    with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS):
        page.card.now_button.click()


def stop(served: County, program: Program) -> None:
    device = asked(program, lambda desk: desk.store.meta.device().device)
    with connect(served.database) as connection:
        devices.revoke(connection, device, AT)


def test_what_is_in_sight_goes_and_what_is_unsent_stays(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    send(program, qtbot, page_of(program))
    asked(program, lambda desk: call_her(desk, "15400001111"))
    stop(county_server, program)
    failed(program, qtbot)
    qtbot.waitUntil(lambda: program.window.workspace is None, timeout=WAIT_MS)
    unlock(program)
    space = program.window.workspace
    assert space is not None
    assert space.current_name == "sync"
    assert not any(space.knows(name) for name in ("today", "households", "tickets", "visits", "audit"))
    assert not space.top.search.isVisible()
    keep(program, "stopped")
    assert asked(program, lambda desk: desk.store.ledger.waiting()) == 1
    failed(program, qtbot)
    assert program.window.workspace is space, "it is not locked again each time"


def test_a_new_enrolment_opens_everything_again(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    send(program, qtbot, page_of(program))
    asked(program, lambda desk: call_her(desk, "15400001111"))
    stop(county_server, program)
    failed(program, qtbot)
    qtbot.waitUntil(lambda: program.window.workspace is None, timeout=WAIT_MS)
    unlock(program)
    identity = county_server.enrol().identity
    asked(program, lambda desk: desk.store.readmit(replace(identity, worker=desk.worker)))
    program.lock()
    unlock(program)
    assert program.window.workspace is not None
    assert program.window.workspace.current_name == "today"
    assert asked(program, lambda desk: desk.store.ledger.waiting()) == 1


def test_a_notice_without_proof_closes_nothing(program: Program) -> None:
    go(program, "today")
    program.courier.failed.emit(Stopped(bytes(32)))
    QApplication.processEvents()
    assert program.tasks.wait_idle()
    assert program.window.workspace is not None
    assert program.window.workspace.current_name == "today"
