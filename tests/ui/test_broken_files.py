"""Files as bad luck leaves them: calm words at the start, and the work goes on where it can."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.paths import Paths
from tests.ui.laptop import asked, enrolled, running, unlock
from ui.bootstrap import Program
from ui.pages.trouble import TroublePage
from ui.pages.unlock import UnlockPage


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return enrolled(tmp_path)


def words_of(program: Program) -> str:
    page = program.window.centralWidget()
    return "".join(label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize("damage", ["keys", "no keys"])
def test_a_broken_key_file_is_said_at_the_start(look: QApplication, paths: Paths, damage: str) -> None:
    for copy in paths.root.glob("keys.json*"):
        copy.write_bytes(b"{}") if damage == "keys" else copy.unlink()
    with running(look, paths) as program:
        page = program.window.centralWidget()
        assert isinstance(page, TroublePage)
        assert "钥匙文件坏了" in words_of(program)
        page.button.click()
        assert isinstance(program.window.centralWidget(), TroublePage)


def test_a_missing_store_is_said_beside_the_passphrase(look: QApplication, paths: Paths) -> None:
    paths.store.unlink()
    with running(look, paths) as program:
        unlock(program)
        page = program.window.centralWidget()
        assert isinstance(page, UnlockPage)
        assert "没找到这台电脑上的资料" in page.note.lead.text() + page.note.text.text()
        assert program.keeper.desk is None


def test_a_damaged_store_leads_to_what_can_be_done(look: QApplication, paths: Paths) -> None:
    paths.store.write_bytes(bytes(64_000))
    with running(look, paths) as program:
        unlock(program)
        page = program.window.centralWidget()
        assert isinstance(page, TroublePage)
        assert "坏了一部分" in words_of(program)
        assert not page.salvage_button.isHidden()
        assert program.keeper.desk is None
        page.button.click()
        assert isinstance(program.window.centralWidget(), UnlockPage)


def test_a_newer_file_is_left_alone(look: QApplication, paths: Paths) -> None:
    text = paths.keys.read_text(encoding="utf-8").replace('"format": 2', '"format": 9')
    for copy in (paths.keys, paths.keys.with_name("keys.json.copy")):
        copy.write_text(text, encoding="utf-8")
    with running(look, paths) as program:
        assert "新版写的" in words_of(program)
    assert paths.keys.read_text(encoding="utf-8") == text


def test_a_broken_policy_pack_is_said_while_the_work_goes_on(
    look: QApplication, paths: Paths, caplog: pytest.LogCaptureFixture
) -> None:
    (paths.packs / "zz").mkdir(parents=True)
    (paths.packs / "zz" / "pack.toml").write_text("name = ", encoding="utf-8")
    with running(look, paths) as program:
        unlock(program)
        space = program.window.workspace
        assert space is not None
        assert space.current_name == "today"
        assert not space.banner.isHidden()
        said = space.banner.lead.text()
        assert said.startswith("政策包有毛病，没有用上")
        assert "走访和首访单照常" in said
        assert "pack.toml" in said
        assert "left out" in caplog.text
        caplog.clear()


def test_the_badge_is_never_green_when_nobody_could_count(
    qtbot: QtBot, look: QApplication, paths: Paths
) -> None:
    with running(look, paths) as program:
        unlock(program)
        space = program.window.workspace
        assert space is not None
        asked(program, lambda desk: desk.store._db.execute("DROP TABLE outbox").fetchall())
        assert program.inside is not None
        program.inside.status.ask()
        qtbot.waitUntil(lambda: space.top.badge.text() == "数不出还有几条没传")
        assert not space.banner.isHidden()
        assert "出了点毛病" not in space.banner.lead.text()  # a fault of the file, not of the program
