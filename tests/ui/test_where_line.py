"""Under every record: where it is, with the county's number; on real pages, against a real county."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.conflicts import conflicts
from app.actions.desk import Desk as WorkDesk
from app.actions.whereabouts import Place
from app.domain.conflict import Choice
from app.domain.people.person import Person
from sync.server import quarantine
from sync.server.postgres import connect
from tests.facts import GRANNY
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.ui.laptop import asked, go, keep
from tests.ui.test_sync_page import badge, call_her, send
from tests.ui.test_sync_page import page_of as sync_page
from ui.bootstrap import Program
from ui.forms.syncing.where_line import WhereLine

WAIT_MS = 10_000


def at_her_family(program: Program, qtbot: QtBot) -> WhereLine:
    """The line under the family in sight, once it says something."""
    go(program, "households", person=GRANNY)
    assert program.window.workspace is not None
    page = program.window.workspace.page()
    assert page is not None
    line = page.findChild(WhereLine)
    assert isinstance(line, WhereLine)
    qtbot.waitUntil(line.isVisible, timeout=WAIT_MS)
    keep(program, f"where-{line.where.place if line.where else ''}")
    return line


def newest(served: County, record: str) -> int:
    with connect(served.database) as connection:
        row = connection.execute("SELECT max(seq) AS n FROM op WHERE record = %s", (record,)).fetchone()
    assert row is not None
    return int(row["n"])


def test_it_says_here_until_the_county_answers_and_then_the_number(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    line = at_her_family(program, qtbot)
    assert line.said.text() == "这家：已存本机，还没传到县里"
    send(program, qtbot, sync_page(program))
    line = at_her_family(program, qtbot)
    qtbot.waitUntil(lambda: line.said.text().startswith("这家：已送县里 · 回执 "), timeout=WAIT_MS)
    asked(program, lambda desk: call_her(desk, "15400001111"))
    qtbot.waitUntil(lambda: line.said.text() == "这家：已存本机，还没传到县里", timeout=WAIT_MS)
    send(program, qtbot, sync_page(program))
    line = at_her_family(program, qtbot)
    number = newest(county_server, GRANNY)
    qtbot.waitUntil(lambda: line.said.text() == f"这家：已送县里 · 回执 {number}", timeout=WAIT_MS)


def test_a_disagreement_is_one_press_away(program: Program, qtbot: QtBot, county_server: County) -> None:
    send(program, qtbot, sync_page(program))
    colleague = Desk(county_server, worker="田大山")
    colleague.sync()
    colleague.edit(GRANNY, "person", phone="15400002222")
    colleague.sync()
    asked(program, lambda desk: call_her(desk, "15400001111"))
    send(program, qtbot, sync_page(program))
    line = at_her_family(program, qtbot)
    assert line.where is not None
    assert line.where.place is Place.DIFFERS
    qtbot.mouseClick(line.look_button, Qt.MouseButton.LeftButton)
    assert program.window.workspace is not None
    assert program.window.workspace.current_name == "conflicts"
    asked(program, decide_hers)
    line = at_her_family(program, qtbot)
    said = "这家：写得不一样的那一格，照您定的显示，下次同步交给县里"
    qtbot.waitUntil(lambda: line.said.text() == said, timeout=WAIT_MS)
    for name, size in (("wide", (1366, 768)), ("narrow", (1024, 640))):
        program.window.resize(*size)
        keep(program, f"decided-{name}")
    send(program, qtbot, sync_page(program))
    line = at_her_family(program, qtbot)
    qtbot.waitUntil(lambda: line.where is not None and line.where.place is Place.SENT, timeout=WAIT_MS)
    assert asked(program, lambda desk: desk.store.reading.get(Person, GRANNY).phone) == "15400001111"


def decide_hers(desk: WorkDesk) -> None:
    (case,) = conflicts.listing(desk)
    conflicts.decide(desk, case.id, Choice.MINE, seen=case.theirs.words)
    assert desk.store.reading.get(Person, GRANNY).phone == "15400001111", "at once"


def test_what_the_township_keeps_and_refuses_is_said_with_its_words(
    program: Program, qtbot: QtBot, county_server: County, caplog: pytest.LogCaptureFixture
) -> None:
    asked(program, lambda desk: call_her(desk, "15400001111"))
    send(program, qtbot, sync_page(program))
    asked(program, used_again)
    send(program, qtbot, sync_page(program))
    line = at_her_family(program, qtbot)
    with connect(county_server.database) as connection:
        row = connection.execute("SELECT max(seq) AS n FROM quarantine").fetchone()
    assert row is not None
    number = int(row["n"])
    why = "这台电脑的资料像是被拷过，等镇里看。"
    qtbot.waitUntil(lambda: line.said.text() == f"这家：待乡镇处理：{why}回执 {number}", timeout=WAIT_MS)
    page = sync_page(program)
    assert any(why in row.note for row in page.side.rows.rows())
    with connect(county_server.database) as connection:
        quarantine.refuse(connection, COUNTY, number, "田志强", "号码不是她本人的", AT)
    send(program, qtbot, sync_page(program))
    line = at_her_family(program, qtbot)
    qtbot.waitUntil(
        lambda: line.said.text().startswith("这家：乡镇没收：号码不是她本人的（回执 "), timeout=WAIT_MS
    )
    assert "had been used for other content" in caplog.text
    caplog.clear()
    page = sync_page(program)
    qtbot.waitUntil(lambda: badge(program) == "县里退回 1 条", timeout=WAIT_MS)
    assert [row.chip for row in page.side.rows.rows()] == ["没收"]
    keep(program, "refused-new")
    page.side.all_seen.click()
    qtbot.waitUntil(lambda: not page.side.rows.rows(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: badge(program) == "全部传好了", timeout=WAIT_MS)
    (row,) = page.side.refused_rows.rows()
    assert (row.chip, "号码不是她本人的" in row.title) == ("看过了", True)
    keep(program, "refused-seen")
    assert page.side.all_seen.isHidden()


def used_again(desk: WorkDesk) -> None:
    """The newest change is sent once more with other words, as from a folder that was copied."""
    desk.store._db.execute(
        "UPDATE outbox SET seq = NULL, outcome = NULL, payload = json_set(payload, '$.why', 'copied')"
        " WHERE n = (SELECT max(n) FROM outbox)"
    )
    desk.store._db.conn.commit()
