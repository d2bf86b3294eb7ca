"""What the county publishes is worked by in the open window after the next round; a strange pack is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.entry import escrow as asking
from sync.protocol import codec
from sync.server import escrow, key_files, packs
from sync.server.postgres import connect
from tests.policy import COUNTY as DEMO
from tests.sync.county import AT, COUNTY, County
from tests.ui.laptop import asked, enrolled, running, unlock
from ui.bootstrap import Program

WAIT_MS = 20_000
WORDS = "xian li de yaoshi suo hao"


@pytest.fixture
def program(look: QApplication, county_server: County, tmp_path: Path) -> Iterator[Program]:
    """At work on a computer enrolled before the county made any key; rounds are begun by the test."""
    with running(look, enrolled(tmp_path, county_server.enrol().identity)) as made:
        unlock(made)
        yield made


def publish(county: County, folder: Path, version: str) -> None:
    """The county's pack of that version, signed by its key, which is made the first time."""
    file = folder / "sign.pem"
    with connect(county.database) as connection:
        if not file.exists():
            packs.make_key(connection, COUNTY, file, WORDS, AT)
        mine = folder / version
        shutil.copytree(DEMO, mine)
        manifest = (mine / "pack.toml").read_text("utf-8").replace('version = "1"', f'version = "{version}"')
        (mine / "pack.toml").write_text(manifest, "utf-8")
        raw = packs.sign([mine], key_files.read_signing(file, WORDS), AT)
        packs.publish(connection, COUNTY, raw, AT)


def round_with_county(program: Program, qtbot: QtBot) -> None:
    assert program.inside is not None
    with qtbot.waitSignal(program.inside.courier.changed, timeout=WAIT_MS):
        program.inside.courier.now()
    assert program.tasks.wait_idle(WAIT_MS)


def banner(program: Program) -> str:
    assert program.window.workspace is not None
    return program.window.workspace.banner.lead.text() + program.window.workspace.banner.text.text()


def label(desk: Desk) -> tuple[str, str]:
    return desk.pack.label, desk.pack.signed


def test_a_published_pack_is_worked_by_after_the_next_round_and_after_the_lock(
    program: Program, county_server: County, tmp_path: Path, qtbot: QtBot
) -> None:
    assert asked(program, label) == ("hunan 2026.11", "")
    publish(county_server, tmp_path, "2")
    round_with_county(program, qtbot)
    assert asked(program, label) == ("hunan 2026.11 + 云岭区 2", "2")
    assert "新的政策包（第 2 版），已经用上" in banner(program)
    program.lock()
    unlock(program)
    assert asked(program, label)[1] == "2"
    publish(county_server, tmp_path, "3")
    round_with_county(program, qtbot)
    assert asked(program, label)[1] == "3"


def test_a_pack_that_is_not_the_countys_is_said_once_and_not_fetched_again(
    program: Program,
    county_server: County,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(county_server, tmp_path, "2")
    asked_for: list[bytes] = []
    whole = codec.encode_pack

    def altered(file: bytes) -> bytes:
        asked_for.append(file)
        return whole(file[:-40])

    monkeypatch.setattr("sync.protocol.codec.encode_pack", altered)
    round_with_county(program, qtbot)
    assert "没有用上" in banner(program)
    assert asked(program, label)[1] == ""
    round_with_county(program, qtbot)
    assert len(asked_for) == 1


def test_a_key_the_county_makes_later_is_used_as_soon_as_it_is_heard_of(
    program: Program, county_server: County, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not asking.can_ask(program.gate)
    with connect(county_server.database) as connection:
        escrow.make_key(connection, COUNTY, tmp_path / "escrow.pem", WORDS, AT)
    round_with_county(program, qtbot)
    assert asking.can_ask(program.gate)
    assert "县里有了开锁的办法" in banner(program)
