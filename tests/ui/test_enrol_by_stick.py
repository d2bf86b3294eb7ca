"""A village without any line: from the first start to the first receipt, only a stick goes back and forth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import requests
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.sync_state import sync_state
from app.domain.device import NO_LINE
from app.domain.people.household import Household
from app.drives import Drive
from app.paths import Paths
from app.vault import parcel_files
from sync.protocol.enrol_file import ASK_SUFFIX, TOLD_SUFFIX
from sync.server import devices, query, running
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.facts import household
from tests.sync.county import AT, COUNTY, TEA, County, county_cluster, county_database, county_stock
from tests.ui.fitting import cut
from tests.ui.laptop import PASSPHRASE, asked, enrolled, keep, unlock
from tests.ui.laptop import running as program_on
from tests.ui.test_county_word import label, publish
from tests.ui.test_stick_card import press
from tests.ui.test_sync_page import page_of
from ui import theme
from ui.bootstrap import Program
from ui.pages.first_start import ENROL, SECRET, FirstStart
from ui.pages.keep_code import KeepCode
from ui.pages.sync import SyncPage

__all__ = ["county_cluster", "county_database", "county_stock"]
WAIT_MS = 60_000  # however busy the machine is


class Silent:
    """A county whose server does not run: everything reaches it on a stick."""

    def __init__(self, database: str) -> None:
        self.database = database

    issue = County.issue


@pytest.fixture
def county(county_database: str, monkeypatch: pytest.MonkeyPatch) -> Silent:
    monkeypatch.setattr(running, "now", lambda: AT)

    def no_line(*_: object, **__: object) -> None:
        raise requests.ConnectionError("there is no line")

    monkeypatch.setattr("requests.Session.send", no_line)
    return Silent(county_database)


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with nothing on it."""
    root = tmp_path / "stick"
    root.mkdir()
    monkeypatch.setattr("app.drives.removable", lambda: (Drive(root, "U", 10**9),))
    return root


def clerk(county: Silent, plugged: Path, *more: str) -> int:
    return main(["bundle", "import", str(plugged), "--database", county.database, *more])


def start_of(program: Program) -> FirstStart:
    page = program.window.centralWidget()
    assert isinstance(page, FirstStart)
    if page.stick.isHidden():
        page.stick_button.click()
    return page


def press_write(program: Program, code: str) -> FirstStart:
    page = start_of(program)
    page.code.setText(code)
    page.stick.write_button.click()
    assert program.tasks.wait_idle(WAIT_MS)
    return page


def press_read(program: Program, code: str) -> FirstStart:
    page = start_of(program)
    page.code.setText(code)
    page.stick.read_button.click()
    assert program.tasks.wait_idle(WAIT_MS)
    return page


def go_in(program: Program, page: FirstStart) -> None:
    """Passphrase and recovery sheet, to the work."""
    page.first.setText(PASSPHRASE)
    page.second.setText(PASSPHRASE)
    page.make_button.click()
    assert program.tasks.wait_idle(WAIT_MS)
    sheet = program.window.centralWidget()
    assert isinstance(sheet, KeepCode)
    sheet.done_button.click()
    assert program.tasks.wait_idle(WAIT_MS)
    assert program.inside is not None


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "laptop")


def test_from_the_first_start_to_the_first_receipt_only_a_stick_goes(
    look: QApplication, county: Silent, paths: Paths, plugged: Path, tmp_path: Path, qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    publish(county, tmp_path, "2")  # type: ignore[arg-type]  # only its database is used
    code = county.issue()
    with program_on(look, paths) as program:
        page = press_write(program, code)
        assert page.stick.note.lead.text() == "申请写好了。"
        keep(program, "enrol-by-stick-written")
    assert paths.enrolling.exists(), "the keys wait for the answer"
    assert not paths.store.exists()
    with program_on(look, paths) as program:  # days later
        page = program.window.centralWidget()
        assert isinstance(page, FirstStart)
        assert page.stick.note.lead.text() == "登记申请写过了，等县里的回执。"
        page = press_read(program, code)
        assert page.note.lead.text().startswith("这个 U 盘上没有给这台电脑的登记回执。")
        assert clerk(county, plugged, "--address", "https://county.example") == 0
        told = capsys.readouterr().out
        page = press_read(program, code.lower().replace("-", " "))
        assert page.pages.currentIndex() == SECRET
        assert page.note.lead.text() == "县里认得了：模拟县 · 茶园村，向海燕。"
        number = page.note.text.text().removeprefix("核对数 ")[:19]
        assert f"核对数 {number}" in told
        keep(program, "enrol-by-stick-read")
        go_in(program, page)
        device = asked(program, lambda desk: desk.store.meta.device())
        assert (device.villages, device.server) == ((TEA,), "https://county.example")
        assert asked(program, label) == ("hunan 2026.11 + 云岭区 2", "2"), "the pack came along"
        assert not paths.enrolling.exists()
        for suffix in (ASK_SUFFIX, TOLD_SUFFIX):
            assert parcel_files.found([plugged], suffix) == (), "what served is off the stick"
        asked(program, lambda desk: _save(desk, replace(household(id="a"), village=TEA)))
        assert page_of(program).enrol.note.isHidden(), "nothing is lost"
        carry(program, qtbot, county, plugged)
    with connect(county.database) as connection:
        assert [one.record for one in query.bodies(connection, COUNTY, "household")] == ["a"]
        assert int(query.holdings(connection, COUNTY)["devices"]) == 1


def carry(program: Program, qtbot: QtBot, county: Silent, plugged: Path) -> None:
    """Her work to the county and its receipts home."""
    qtbot.waitUntil(lambda: not program.courier.running, timeout=WAIT_MS)  # it looks for a line first
    page = page_of(program)
    press(program, qtbot, page, write=True)
    assert clerk(county, plugged, "--blobs", str(plugged.parent / "shelf")) == 0
    assert press(program, qtbot, page, write=False).startswith("回执读好了。1 件传好了")
    assert asked(program, sync_state).waiting == 0


def enrol_again(program: Program, code: str) -> SyncPage:
    """The card for it, ready for a stick, with the code typed."""
    page = page_of(program)
    page.enrol.begin()
    page.enrol.stick_button.click()
    page.enrol.code.setText(code)
    return page


def _save(desk, home: Household) -> None:  # type: ignore[no-untyped-def]  # a desk
    with desk.unit("home") as unit:
        unit.save(home)


def test_what_is_wrong_is_said_at_its_place(
    look: QApplication, county: Silent, paths: Paths, plugged: Path
) -> None:
    code = county.issue()
    with program_on(look, paths) as program:
        page = start_of(program)
        page.stick.write_button.click()
        assert page.code_field.error == "照着县里发的纸打上。"
        assert press_write(program, code[:-1]).code_field.error.startswith("登记码抄错了")
        assert press_read(program, code).code_field.error.startswith("这台电脑没用这个登记码写过申请")
        assert not paths.enrolling.exists()
        page = press_write(program, code)
        assert clerk(county, plugged) == 0
        (answer,) = parcel_files.found([plugged], TOLD_SUFFIX)
        answer.write_bytes(answer.read_bytes()[:-9])
        assert (
            press_read(program, code).note.lead.text()
            == "登记回执没拷全，或者被改过，没有用。请县里再拷一次。"
        )
        assert page.pages.currentIndex() == ENROL
        assert clerk(county, plugged) == 0
        go_in(program, press_read(program, code))
        assert asked(program, lambda desk: desk.store.meta.device()).server == NO_LINE
        assert page_of(program).enrol.note.isHidden(), "no line is no lost enrolment"


def test_a_code_that_has_expired_is_said_at_the_code(
    look: QApplication, county: Silent, paths: Paths, plugged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = county.issue()
    with program_on(look, paths) as program:
        press_write(program, code)
        monkeypatch.setattr(running, "now", lambda: AT.replace(month=12))
        assert clerk(county, plugged) == 1
        assert press_read(program, code).code_field.error == "登记码过期了，请找县里再要一个。"


def test_a_stopped_computer_is_enrolled_anew_by_a_stick_with_all_its_work(
    look: QApplication, county: Silent, plugged: Path, paths: Paths, qtbot: QtBot
) -> None:
    with program_on(look, paths) as program:
        code = county.issue()
        press_write(program, code)
        assert clerk(county, plugged) == 0
        go_in(program, press_read(program, code))
        asked(program, lambda desk: _save(desk, replace(household(id="a"), village=TEA)))
        before = asked(program, lambda desk: desk.store.meta.device())
        with connect(county.database) as connection:
            devices.revoke(connection, before.device, AT)
        assert page_of(program).enrol.address.value() == "", "where nobody answers is no address to offer"
        code = county.issue()
        page = enrol_again(program, code)
        page.enrol.stick.write_button.click()
        assert program.tasks.wait_idle(WAIT_MS)
        assert page.enrol.stick.note.lead.text() == "申请写好了。"
        qtbot.waitUntil(lambda: cut(page.enrol) == [], timeout=WAIT_MS)
        keep(program, "enrol-again-by-stick")
        program.lock()  # days lie between
        unlock(program)
        assert clerk(county, plugged) == 0
        page = enrol_again(program, code.replace("-", "").lower())
        page.enrol.stick.read_button.click()
        qtbot.waitUntil(lambda: page.enrol.note.lead.text().startswith("县里认得"), timeout=WAIT_MS)
        assert program.tasks.wait_idle(WAIT_MS)
        assert page.enrol.note.lead.text() == "县里认得这台电脑了：茶园村。"
        assert "核对数" in page.enrol.note.text.text()
        now = asked(program, lambda desk: desk.store.meta.device())
        assert (now.worker, now.county) == (before.worker, before.county)
        assert now.device != before.device
        assert asked(program, sync_state).waiting == 1, "her work waits as before"
        carry(program, qtbot, county, plugged)


def test_a_code_for_somebody_else_leaves_her_enrolment_as_it_was(
    look: QApplication, county: Silent, plugged: Path, tmp_path: Path
) -> None:
    with program_on(look, enrolled(tmp_path)) as program:
        unlock(program)
        before = asked(program, lambda desk: desk.store.meta.device())
        page = enrol_again(program, county.issue(worker="田大山"))
        page.enrol.stick.read_button.click()
        assert program.tasks.wait_idle(WAIT_MS)
        assert page.enrol.code_field.error.startswith("这台电脑没用这个登记码写过申请")
        page.enrol.stick.write_button.click()
        assert program.tasks.wait_idle(WAIT_MS)
        assert clerk(county, plugged) == 0
        page.enrol.stick.read_button.click()
        assert program.tasks.wait_idle(WAIT_MS)
        assert page.enrol.code_field.error != ""
        assert asked(program, lambda desk: desk.store.meta.device()) == before
        assert len(parcel_files.found([plugged], TOLD_SUFFIX)) == 1, "it stays for whom it is"


@pytest.mark.parametrize("size", list(theme.Size))
def test_the_way_by_stick_is_read_whole_at_every_size(
    look: QApplication, tmp_path: Path, size: theme.Size
) -> None:
    theme.apply(look, theme.Theme(size))
    with program_on(look, Paths(tmp_path / "new")) as program:
        for width, height in ((900, 600), (1024, 640), (1366, 696), (1600, 900)):
            program.window.resize(width, height)
            page = start_of(program)
            QApplication.processEvents()
            QApplication.processEvents()
            assert cut(page) == []
            keep(program, f"enrol-by-stick-{size.value}-{width}")
