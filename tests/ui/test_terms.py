"""What the county asks of a computer stands where sync is seen; a lease that ends loses nothing of hers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import RELEASE
from app.actions.desk import LEASE_ENDED, Desk
from app.actions.visits import visit_sitting, visits
from app.domain.county_terms import LEASE_DAYS
from app.domain.problem import UserError
from app.domain.visits.asking import with_value
from sync.server import terms
from sync.server.postgres import connect
from tests.desks import Clock
from tests.facts import HOME
from tests.sync.county import AT, COUNTY, County
from tests.ui.laptop import asked, go, keep, unlock
from tests.ui.test_overdue import today_of
from tests.ui.test_sync_page import WAIT_MS, call_her, page_of, send
from ui.bootstrap import Program

WIDE, NARROW = (1280, 800), (900, 600)


def ask(served: County, **changes: object) -> None:
    with connect(served.database) as connection:
        terms.change(connection, COUNTY, "李主任", AT, changes)  # type: ignore[arg-type]  # as the clerk writes them


def days_later(program: Program, days: float) -> None:
    """The screen was locked, and is opened so many days later."""
    program.lock()
    assert isinstance(program.clock, Clock)
    program.clock.forward(days=days)
    unlock(program)


def outgoing(desk: Desk) -> set[str]:
    """The changes that wait."""
    return {change.id for change in desk.store.ledger.outgoing(2**40)}


def looked_at(program: Program, qtbot: QtBot, name: str) -> None:
    """A picture in a wide and a narrow window, for whoever wants to look."""
    for size, words in ((WIDE, "wide"), (NARROW, "narrow")):
        program.window.resize(*size)
        QApplication.processEvents()
        qtbot.wait(50)
        keep(program, f"{name}-{words}")
    program.window.resize(*WIDE)


def banner(program: Program) -> str:
    assert program.window.workspace is not None
    line = program.window.workspace.banner
    return line.lead.text() if line.isVisible() else ""


@pytest.mark.parametrize(
    ("more", "lead", "rest", "on_today"),
    [
        ({}, "县里请换新版。", "写、送、收都照常", False),
        ({"pull_from": AT.date() + timedelta(days=30)}, "县里请换新版。", "从2026年12月20日起", False),
        ({"pull_from": AT.date()}, "这一版旧了，县里和别人新写的收不到了。", "县里都收", True),
    ],
)
def test_an_old_release_is_told_what_still_goes_and_whom_to_ask(
    program: Program,
    qtbot: QtBot,
    county_server: County,
    more: dict[str, object],
    lead: str,
    rest: str,
    on_today: bool,
) -> None:
    ask(county_server, minimum_release="9.0", ask="民政局办公室", **more)
    page = page_of(program)
    assert not page.card.release.isVisible()
    send(program, qtbot, page)
    qtbot.waitUntil(page.card.release.isVisible, timeout=WAIT_MS)
    note = page.card.release
    assert note.lead.text() == lead
    assert rest in note.text.text()
    assert f"这台是 {RELEASE}，县里要 9.0 或更新的。找民政局办公室。" in note.text.text()
    looked_at(program, qtbot, f"release-{len(more)}-{on_today}")
    today = today_of(program)
    assert today.pressing.isVisible() is on_today
    if on_today:
        looked_at(program, qtbot, "release-today")
        qtbot.mouseClick(today.look_there, Qt.MouseButton.LeftButton)
        assert program.window.workspace is not None
        assert program.window.workspace.current_name == "sync"
    asked(program, lambda desk: call_her(desk, "15400001111"))
    send(program, qtbot, page_of(program))
    assert asked(program, lambda desk: desk.store.ledger.waiting()) == 0


def test_two_thirds_of_a_lease_are_said_and_a_round_takes_it_back(program: Program, qtbot: QtBot) -> None:
    send(program, qtbot, page_of(program))
    days_later(program, LEASE_DAYS * 2 / 3)
    today = today_of(program)
    qtbot.waitUntil(today.pressing.isVisible, timeout=WAIT_MS)
    assert "再过 10 天还联系不上" in today.pressing.lead.text()
    looked_at(program, qtbot, "lease-soon-today")
    page = page_of(program)
    qtbot.waitUntil(page.card.lease.isVisible, timeout=WAIT_MS)
    assert not page.card.lease.write.isVisible()
    assert "只能看" not in banner(program)
    looked_at(program, qtbot, "lease-soon-sync")
    send(program, qtbot, page)
    qtbot.waitUntil(lambda: not page.card.lease.isVisible(), timeout=WAIT_MS)
    assert not today_of(program).pressing.isVisible()


def test_after_the_lease_everything_is_there_to_read_and_to_send(program: Program, qtbot: QtBot) -> None:
    send(program, qtbot, page_of(program))
    asked(program, lambda desk: call_her(desk, "15400001111"))
    days_later(program, LEASE_DAYS)
    qtbot.waitUntil(lambda: "这台电脑先只能看" in banner(program), timeout=WAIT_MS)
    looked_at(program, qtbot, "lease-closed-today")
    go(program, "households", household=HOME)
    looked_at(program, qtbot, "lease-closed-households")
    assert asked(program, lambda desk: desk.store.ledger.waiting()) == 1
    page = page_of(program)
    qtbot.waitUntil(page.card.lease.isVisible, timeout=WAIT_MS)
    assert "没送的照样能送" in page.card.lease.text.text()
    looked_at(program, qtbot, "lease-closed-sync")
    waiting = asked(program, outgoing)
    send(program, qtbot, page)
    assert waiting
    assert not waiting & asked(program, outgoing)  # what the rules of tickets wrote since comes after it
    qtbot.waitUntil(lambda: "只能看" not in banner(program), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not page.card.lease.isVisible(), timeout=WAIT_MS)
    asked(program, lambda desk: call_her(desk, "15400002222"))


def test_before_a_family_she_goes_on_with_one_press(program: Program, qtbot: QtBot) -> None:
    send(program, qtbot, page_of(program))
    days_later(program, LEASE_DAYS + 3)
    qtbot.waitUntil(lambda: "33 天没跟县里联系上了" in banner(program), timeout=WAIT_MS)
    heard: list[Exception] = []
    program.tasks.run(program, lambda desk: call_her(desk, "15400001111"), lambda _: None, heard.append)
    assert program.tasks.wait_idle()
    (refused,) = heard
    assert isinstance(refused, UserError)
    assert refused.words == LEASE_ENDED
    page = page_of(program)
    qtbot.waitUntil(page.card.lease.write.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(page.card.lease.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "只能看" not in banner(program), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "今天照常记" in page.card.lease.lead.text(), timeout=WAIT_MS)
    looked_at(program, qtbot, "lease-today-open")
    asked(program, lambda desk: call_her(desk, "15400001111"))
    days_later(program, 0)
    asked(program, lambda desk: call_her(desk, "15400002222"))
    days_later(program, 1)
    qtbot.waitUntil(lambda: "34 天没跟县里联系上了" in banner(program), timeout=WAIT_MS)
    assert program.window.workspace is not None
    qtbot.mouseClick(program.window.workspace.banner.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "只能看" not in banner(program), timeout=WAIT_MS)
    asked(program, lambda desk: call_her(desk, "15400003333"))


def test_a_visit_filled_in_while_it_only_looks_is_kept_and_signed_after(
    program: Program, qtbot: QtBot
) -> None:
    send(program, qtbot, page_of(program))
    days_later(program, LEASE_DAYS)
    begun = asked(program, lambda desk: visit_sitting.start(desk, HOME).visit)
    filled = with_value(with_value(begun, "met", "home"), "purpose", "VP18")
    asked(program, lambda desk: visits.keep(desk, filled))
    days_later(program, 0)
    again = asked(program, lambda desk: visit_sitting.resume(desk, begun.id).visit)
    assert (again.met, again.purpose) == ("home", "VP18")
    send(program, qtbot, page_of(program))
    assert asked(program, lambda desk: desk.may_record)
