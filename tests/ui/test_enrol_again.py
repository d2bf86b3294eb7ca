"""A computer the county takes nothing from any more is enrolled again from the sync page, with its work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import settings
from app.actions.sync_state import sync_state
from app.domain.device import NO_COUNTY
from app.settings import Settings
from sync.server import devices
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.test_readmission import FORGET
from tests.ui.laptop import asked, enrolled, running, unlock
from tests.ui.test_sync_page import page_of, send
from ui import notices
from ui.bootstrap import Program
from ui.pages.sync import SyncPage

WAIT_MS = 60_000  # however busy the machine is


def refused(program: Program, qtbot: QtBot, page: SyncPage) -> None:
    with qtbot.waitSignal(program.courier.failed, timeout=WAIT_MS), notices.recorded():
        page.card.now_button.click()
    assert program.tasks.wait_idle()


def give(page: SyncPage, code: str) -> None:
    page.enrol.code.setText(code)
    page.enrol.go_button.click()


def enrol(program: Program, qtbot: QtBot, page: SyncPage, code: str) -> None:
    """With the new code, until everything has been sent."""
    with qtbot.waitSignal(program.courier.changed, timeout=WAIT_MS):
        give(page, code)
    assert program.tasks.wait_idle()


def test_a_stopped_computer_goes_on_with_a_new_code(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    page = page_of(program)
    assert page.enrol.go_button.isHidden(), "nobody needs it"
    first = asked(program, lambda desk: desk.store.meta.device())
    with connect(county_server.database) as connection:
        devices.revoke(connection, first.device, AT)
    refused(program, qtbot, page)
    qtbot.waitUntil(lambda: program.window.workspace is None, timeout=WAIT_MS)  # what was in sight is gone
    unlock(program)
    page = page_of(program)
    refused(program, qtbot, page)
    assert not page.enrol.go_button.isHidden()
    assert page.enrol.address.value() == county_server.url
    enrol(program, qtbot, page, county_server.issue())
    assert page.enrol.note.lead.text() == "县里认得这台电脑了：茶园村。"
    assert page.enrol.go_button.isHidden()
    assert asked(program, sync_state).waiting == 0
    now = asked(program, lambda desk: desk.store.meta.device())
    assert now.device != first.device
    assert (now.worker, now.county) == (first.worker, first.county)
    assert "enrol again" in asked(program, lambda desk: [one.verb for one in desk.store.audit.lines()])


def test_a_county_put_back_from_a_backup_is_told_everything_again(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    page = page_of(program)
    send(program, qtbot, page)
    with psycopg.connect(county_server.database, autocommit=True) as connection:
        for statement in FORGET:
            connection.execute(statement.encode())
    assert main(["restored", "--database", county_server.database, "--county", COUNTY]) == 0
    send(program, qtbot, page)
    assert page.enrol.go_button.isHidden(), "nobody has to do anything about it"
    assert asked(program, sync_state).waiting == 0
    people = asked(program, lambda desk: desk.store.proof.count("record"))
    with connect(county_server.database) as connection:
        assert connection.execute("SELECT count(*) AS n FROM record").fetchone() == {"n": people}


def test_a_lost_enrolment_is_said_at_once(program: Program, qtbot: QtBot, county_server: County) -> None:
    def lose(desk):  # type: ignore[no-untyped-def]  # a desk
        device = desk.store.meta.device()
        desk.store.meta.set_device(replace(device, device="d-lost", server=NO_COUNTY, epoch=""))

    asked(program, lose)
    program.lock()
    unlock(program)
    page = page_of(program)
    assert page.enrol.note.lead.text() == "这台电脑的登记丢了，传不上去。"
    assert page.enrol.address.value() == ""
    page.enrol.go_button.click()
    assert page.enrol.address_field.message.line.text() == "照着县里发的纸打上。"
    page.enrol.address.setText(county_server.url)
    enrol(program, qtbot, page, county_server.issue())
    assert asked(program, sync_state).waiting == 0
    assert program.keeper.server == county_server.url
    program.lock()
    unlock(program)
    assert page_of(program).enrol.note.isHidden()


def test_a_code_that_does_not_do_is_said_at_the_code_and_changes_nothing(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    page = page_of(program)
    before = asked(program, lambda desk: (desk.store.meta.device(), desk.store.ledger.waiting()))
    page.enrol.begin()
    said = page.enrol.code_field.message.line
    give(page, "bushi zhege")
    qtbot.waitUntil(lambda: said.text().startswith("登记码抄错了"), timeout=WAIT_MS)
    give(page, county_server.issue(worker="田大山"))
    qtbot.waitUntil(lambda: "是给田大山的" in said.text(), timeout=WAIT_MS)
    page.enrol.address.setText("http://127.0.0.1:9")
    give(page, county_server.issue())
    qtbot.waitUntil(lambda: not page.enrol.note.isHidden(), timeout=WAIT_MS)
    assert page.enrol.go_button.isEnabled()
    qtbot.waitUntil(lambda: not program.courier.running, timeout=WAIT_MS)
    device, _ = asked(program, lambda desk: (desk.store.meta.device(), desk.store.ledger.waiting()))
    assert replace(device, link="", link_at=0) == replace(before[0], link="", link_at=0), (
        "only what a round moves"
    )


def test_another_village_is_the_one_she_works_in_from_then_on(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    page = page_of(program)
    page.enrol.begin()
    enrol(program, qtbot, page, county_server.issue(TEA, BRIDGE))
    assert program.keeper.desk is not None
    assert program.keeper.desk.village == TEA
    assert page.enrol.note.lead.text() == "县里认得这台电脑了：茶园村、石桥村。"


def test_locking_while_the_county_is_asked_costs_no_second_code(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    page = page_of(program)
    before = asked(program, lambda desk: desk.store.meta.device())
    code = county_server.issue()
    page.enrol.begin()
    give(page, code)
    program.lock()
    unlock(program)
    if asked(program, lambda desk: desk.store.meta.device()) == before:  # else the answer was quicker
        page = page_of(program)
        page.enrol.begin()
        enrol(program, qtbot, page, code)
    assert asked(program, lambda desk: desk.store.meta.device().device) != before.device


def test_the_boxes_are_reached_at_the_largest_letters(
    look: QApplication, county_server: County, tmp_path: Path
) -> None:
    paths = enrolled(tmp_path, county_server.enrol().identity)
    settings.save(paths.settings, Settings(size="largest"))
    with running(look, paths) as program:
        unlock(program)
        program.window.resize(1366, 696)
        page = page_of(program)
        page.enrol.begin()
        QApplication.processEvents()
        assert page.enrol.code.hasFocus()
        assert page.enrol.code.visibleRegion().boundingRect().height() == page.enrol.code.height()
