"""The county changes who is responsible for which village while she is in: at once, and nothing is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.visits import visits
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from sync.server import people
from sync.server.postgres import connect
from tests.facts import HOME
from tests.sync.county import BRIDGE, COUNTY, TEA, County
from tests.ui.laptop import asked, go, keep, unlock
from tests.ui.test_county_word import banner
from tests.ui.test_sync_page import page_of, send
from ui.bootstrap import Program

WAIT_MS = 20_000


def assign(county: County, give: tuple[str, ...], take: tuple[str, ...]) -> None:
    with connect(county.database) as connection:
        people.assign(connection, COUNTY, "向海燕", give, take)
        connection.execute("UPDATE sequence SET durable = last")


def a_round(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.courier.changed, timeout=WAIT_MS):
        program.courier.now()
    assert program.tasks.wait_idle(WAIT_MS)


def rail(program: Program) -> list[str]:
    assert program.window.workspace is not None
    return [one.text() for one in program.window.workspace.rail.findChildren(QLabel)]


def families(program: Program) -> list[str]:
    return asked(program, lambda desk: [one.village for one in desk.store.reading.each(Household)])


def test_a_village_taken_away_goes_out_of_sight_and_the_new_one_has_its_name(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    send(program, qtbot, page_of(program))
    asked(program, lambda desk: visits.begin(desk, HOME, purpose="VP04"))
    go(program, "households", household=HOME)
    assign(county_server, (BRIDGE,), (TEA,))
    with qtbot.waitSignal(program.locked, timeout=WAIT_MS):
        program.courier.now()
    unlock(program)
    qtbot.waitUntil(lambda: "不再管" in banner(program), timeout=WAIT_MS)
    assert "新管石桥村" in banner(program)
    assert "石桥村" in rail(program)
    keep(program, "village-changed")
    a_round(program, qtbot)
    assert asked(program, lambda desk: list(desk.store.reading.each(Person))) == []
    for page in ("today", "households", "visits", "tickets", "checklists", "sync"):
        go(program, page)
    program.lock()
    unlock(program)
    assert program.tasks.wait_idle(WAIT_MS)
    assert "不再管" not in banner(program), "told once"


def test_a_village_given_beside_hers_is_said_at_once(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    send(program, qtbot, page_of(program))
    assign(county_server, (BRIDGE,), ())
    a_round(program, qtbot)
    qtbot.waitUntil(lambda: "新管石桥村" in banner(program), timeout=WAIT_MS)
    assert program.window.workspace is not None
    assert "不再管" not in banner(program)


def test_what_is_written_into_a_village_that_was_hers_leaves_with_it(
    program: Program, qtbot: QtBot, county_server: County
) -> None:
    send(program, qtbot, page_of(program))
    assign(county_server, (BRIDGE,), (TEA,))
    with qtbot.waitSignal(program.locked, timeout=WAIT_MS):
        program.courier.now()
    unlock(program)
    a_round(program, qtbot)
    asked(program, late)
    a_round(program, qtbot)
    a_round(program, qtbot)
    assert families(program) == []
    assert len(asked(program, lambda desk: desk.store.ledger.set_aside())) == 1, "it came home and is told of"


def late(desk: Desk) -> None:
    """Off a page that was open before the village went."""
    with desk.unit("new family") as unit:
        unit.save(Household(id=new_id(desk.now), village=TEA, group="新组", door="1号"))
